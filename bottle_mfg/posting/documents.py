"""What documents keep of their ledger entries, and how a replay brings it up to date.

A submitted document shows what the ledger found it cost. Where a correction of the past changes that, the
document follows, and a Bottle Cost Change says by how much and because of which document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import frappe

from bottle_mfg.ledger import Basis, Entry, Revalued, value
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, exact, joined, standard_values


@dataclass(frozen=True)
class Kept:
	"""What a DocType keeps: SQL expressions by column, in which `t` is the record and `x` comes from the ledger.

	For a document, `x` has the sums of its entries: `issued` is the value of what left, `received` of what came
	in, by-products apart, which are `credited`; `declared` is what the issues declared. `cost` is the column that
	counts as the document's cost.

	For one entry, `x.value` is its signed value and `x.unit_cost` that of one unit, kept by the row of `lines`
	(a child table, or the DocType itself) that `line_of` gives the name of; None: this entry is not kept.
	"""

	cost: str
	columns: Mapping[str, str]
	lines: str | None = None
	line_of: Callable[[str, Entry], str | None] = lambda _voucher_no, entry: entry.movement.row
	line_columns: Mapping[str, str] = field(default_factory=dict)


def _row_of_issue(_voucher_no: str, entry: Entry) -> str | None:
	return entry.movement.row if entry.movement.quantity < 0 else None


def _blow_of_bottles(voucher_no: str, entry: Entry) -> str | None:
	return voucher_no if entry.movement.basis is Basis.PRODUCED else None


KEPT = {
	"Bottle Purchase": Kept(
		"return_difference", {"return_difference": "if(t.is_return, x.declared - x.issued, 0)"}
	),
	"Blow": Kept(
		"total_cost",
		{"material_cost": "x.issued", "scrap_credit": "x.credited", "total_cost": "x.received"},
		"Blow",
		_blow_of_bottles,
		{"produced_unit_cost": "x.unit_cost"},
	),
	"Bottle Sale": Kept(
		"cost_of_goods",
		{"cost_of_goods": "x.issued - x.received", "profit": "t.total_price - x.issued + x.received"},
		"Bottle Sale Item",
		line_columns={"cost": "-x.value", "unit_cost": "x.unit_cost", "profit": "t.amount + x.value"},
	),
	"Bottle Stock Transfer": Kept(
		"total_value",
		{"total_value": "x.issued"},
		"Bottle Stock Transfer Item",
		_row_of_issue,
		{"value": "-x.value", "unit_cost": "x.unit_cost"},
	),
	"Bottle Stock Count": Kept(
		"value_difference",
		{"value_difference": "x.received - x.issued"},
		"Bottle Stock Count Item",
		line_columns={"value_difference": "x.value", "unit_cost": "x.unit_cost"},
	),
}

_SUMS = f"""(select voucher_no name, min(posting_datetime) posted,
		sum(if(quantity < 0, -value, 0)) issued,
		sum(if(quantity > 0 and basis != '{Basis.CREDITED.value}', value, 0)) received,
		sum(if(basis = '{Basis.CREDITED.value}', value, 0)) credited,
		sum(if(quantity < 0, declared_value, 0)) declared
	from `tabBottle Ledger Entry` force index (voucher_no)
	where voucher_no in %s and voucher_type = %s and is_cancelled = 0
	group by voucher_no)"""


_LINE = ("name", "value", "unit_cost")


class Difference(NamedTuple):
	"""A column of a record that is not what it should be."""

	doctype: str
	name: str
	column: str
	stored: Any
	expected: Any


def rewrite(revalued: Sequence[Revalued], because_of: tuple[str, str], now: datetime) -> None:
	"""Bring the documents of revalued entries up to date, once the entries are. All of a document's in one call.

	`because_of` is the document, as (doctype, name), that corrected the past.
	"""
	by_type: dict[str, list[Revalued]] = defaultdict(list)
	for one in revalued:
		if one.entry.value != one.stored.value:
			by_type[one.stored.voucher_type].append(one)
	for doctype, changes in by_type.items():
		names = sorted({one.stored.voucher_no for one in changes})
		_note_changes(doctype, names, because_of, now)
		write(doctype, names, [(one.stored.voucher_no, one.entry) for one in changes], now)


def write(doctype: str, names: Collection[str], entries: Iterable[tuple[str, Entry]], now: datetime) -> None:
	"""Write what documents, and the lines of these (voucher_no, entry), keep of the ledger as it is now."""
	kept = KEPT[doctype]
	lines = _lines(kept, entries)
	if lines:
		table, values = joined(kept.lines, _LINE, lines)
		frappe.db.sql(f"update {table} set {_assignments(kept.line_columns)}", values)
	frappe.db.sql(
		f"""update {_SUMS} x straight_join `tab{doctype}` t on t.name = x.name
		set {_assignments(kept.columns)}, t.modified = %s, t.modified_by = %s""",
		(sorted(names), doctype, now, frappe.session.user),
	)
	frappe.clear_document_cache(doctype)


def outdated(
	doctype: str, names: Collection[str], entries: Iterable[tuple[str, Entry]]
) -> Iterator[Difference]:
	"""What documents with live entries, and the lines of these (voucher_no, entry), keep that is not what the ledger
	says.
	"""
	kept = KEPT[doctype]
	sums = f"{_SUMS} x straight_join `tab{doctype}` t on t.name = x.name"
	expected = {"docstatus": "1", **kept.columns}
	yield from _compared(doctype, expected, sums, [sorted(names), doctype])
	lines = _lines(kept, entries)
	if lines:
		yield from _compared(kept.lines or "", kept.line_columns, *joined(kept.lines or "", _LINE, lines))


def _compared(
	doctype: str, expressions: Mapping[str, str], table: str, values: Sequence[Any]
) -> Iterator[Difference]:
	pairs = [f"cast(t.`{column}` as char), cast({sql} as char)" for column, sql in expressions.items()]
	for name, *figures in frappe.db.sql(f"select t.name, {', '.join(pairs)} from {table}", values):
		found = zip(expressions, map(exact, figures[::2]), map(exact, figures[1::2]), strict=True)
		for column, stored, expected in found:
			if stored != expected:
				yield Difference(doctype, name, column, stored, expected)


def _lines(kept: Kept, entries: Iterable[tuple[str, Entry]]) -> list[tuple[str, Decimal, Decimal]]:
	named = ((kept.line_of(voucher_no, entry), entry) for voucher_no, entry in entries if kept.lines)
	return [(name, value(entry.value), entry.unit_cost) for name, entry in named if name]


def _assignments(expressions: Mapping[str, str]) -> str:
	return ", ".join(f"t.`{column}` = {expression}" for column, expression in expressions.items())


def _note_changes(doctype: str, names: Collection[str], because_of: tuple[str, str], now: datetime) -> None:
	"""Write an audit row for every document whose cost is about to change."""
	kept = KEPT[doctype]
	given = (
		*STANDARD_COLUMNS,
		"document_type",
		"document",
		"posting_datetime",
		"old_cost",
		"new_cost",
		"because_of_type",
		"because_of",
	)
	standard = standard_values(now)
	frappe.db.sql(
		f"""insert into `tabBottle Cost Change` (name, {columns(given)})
		select nextval(`bottle_cost_change_id_seq`), {", ".join(["%s"] * len(standard))}, %s, t.name, x.posted,
			t.`{kept.cost}`, {kept.columns[kept.cost]}, %s, %s
		from {_SUMS} x straight_join `tab{doctype}` t on t.name = x.name
		where t.`{kept.cost}` != {kept.columns[kept.cost]}""",
		(*standard, doctype, *because_of, sorted(names), doctype),
	)
