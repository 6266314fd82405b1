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

from bottle_mfg.ledger import ZERO, Basis, Entry, Revalued
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, exact, joined, literal, standard_values


@dataclass(frozen=True)
class Kept:
	"""What a DocType keeps, as SQL in which `t` is the record and `x` comes from the ledger.

	`columns` has for each a fact of the record and what its entries add to it: `x.issued` is the value of what
	left, `x.received` of what came in, by-products apart, which are `x.credited`. `cost` is the column that counts
	as the document's cost.

	`issued_of` has columns for the value of what left of one item alone, and the field that names the item.

	For one entry, `x.value` is its signed value and `x.unit_cost` that of one unit, kept by the row of `lines`
	(a child table, or the DocType itself) that `line_of` gives the name of; None: this entry is not kept.
	"""

	cost: str
	columns: Mapping[str, tuple[str, str]]
	lines: str | None = None
	line_of: Callable[[str, Entry], str | None] = lambda _voucher_no, entry: entry.movement.row
	line_columns: Mapping[str, str] = field(default_factory=dict)
	issued_of: Mapping[str, str] = field(default_factory=dict)


def _row_of_issue(_voucher_no: str, entry: Entry) -> str | None:
	return entry.movement.row if entry.movement.quantity < 0 else None


def _blow_of_bottles(voucher_no: str, entry: Entry) -> str | None:
	return voucher_no if entry.movement.basis is Basis.PRODUCED else None


KEPT = {
	# What a supplier gives back for returned goods is a fact of the document: the amounts, other charges included.
	"Bottle Purchase": Kept(
		"return_difference",
		{"return_difference": ("if(t.is_return, x.declared, 0)", "- if(t.is_return, x.issued, 0)")},
	),
	"Blow": Kept(
		"total_cost",
		{
			"material_cost": ("0", "+ x.issued"),
			"scrap_credit": ("0", "+ x.credited"),
			"total_cost": ("0", "+ x.received"),
		},
		"Blow",
		_blow_of_bottles,
		{"produced_unit_cost": "x.unit_cost"},
		{"preform_cost": "from_item"},
	),
	"Bottle Sale": Kept(
		"cost_of_goods",
		{
			"cost_of_goods": ("0", "+ x.issued - x.received"),
			"profit": ("t.total_price", "- x.issued + x.received"),
		},
		"Bottle Sale Item",
		line_columns={"cost": "-x.value", "unit_cost": "x.unit_cost", "profit": "t.amount + x.value"},
	),
	"Bottle Stock Transfer": Kept(
		"total_value",
		{"total_value": ("0", "+ x.issued")},
		"Bottle Stock Transfer Item",
		_row_of_issue,
		{"value": "-x.value", "unit_cost": "x.unit_cost"},
	),
	"Bottle Stock Count": Kept(
		"value_difference",
		{"value_difference": ("0", "+ x.received - x.issued"), "lost_value": ("0", "+ x.issued")},
		"Bottle Stock Count Item",
		line_columns={"value_difference": "x.value", "unit_cost": "x.unit_cost"},
	),
}

_SUMS = f"""(select voucher_no name,
		sum(if(quantity < 0, -value, 0)) issued,
		sum(if(quantity > 0 and basis != '{Basis.CREDITED.value}', value, 0)) received,
		sum(if(basis = '{Basis.CREDITED.value}', value, 0)) credited,
		sum(if(quantity < 0, declared_value, 0)) declared
	from `tabBottle Ledger Entry` force index (voucher_no)
	where voucher_no in %s and voucher_type = %s and is_cancelled = 0
	group by voucher_no) x"""

_LINE = ("name", "value", "unit_cost")


class Difference(NamedTuple):
	"""A column of a record that is not what it should be."""

	doctype: str
	name: str
	column: str
	stored: Any
	expected: Any


@dataclass
class _Grown:
	"""By how much the values of a document's entries have grown, and when it was posted."""

	posted: datetime
	issued: Decimal = ZERO
	received: Decimal = ZERO
	credited: Decimal = ZERO
	items: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
	"""What was issued, by item."""

	def add(self, change: Revalued) -> None:
		grown = change.entry.value - change.stored.value
		if change.entry.movement.quantity < 0:
			self.issued -= grown
			self.items[change.entry.movement.item] -= grown
		elif change.entry.movement.basis is Basis.CREDITED:
			self.credited += grown
		else:
			self.received += grown


def rewrite(revalued: Sequence[Revalued], because_of: tuple[str, str], now: datetime) -> None:
	"""Bring the documents of revalued entries up to date. All entries of a document come in one call.

	`because_of` is the document, as (doctype, name), that corrected the past.
	"""
	by_type: dict[str, list[Revalued]] = defaultdict(list)
	for one in revalued:
		if one.entry.value != one.stored.value:
			by_type[one.stored.voucher_type].append(one)
	for doctype, changes in by_type.items():
		_write_lines(KEPT[doctype], [(one.stored.voucher_no, one.entry) for one in changes])
		grown: dict[str, _Grown] = {}
		for one in changes:
			posted = one.stored.position.posting_datetime
			grown.setdefault(one.stored.voucher_no, _Grown(posted)).add(one)
		_add_to_documents(doctype, grown, because_of, now)
		frappe.clear_document_cache(doctype)


def _add_to_documents(
	doctype: str, grown: Mapping[str, _Grown], because_of: tuple[str, str], now: datetime
) -> None:
	"""Add what entries have grown by to their documents, with an audit row for every cost that changes."""
	kept = KEPT[doctype]
	rows = [(name, str(one.posted), one.issued, one.received, one.credited) for name, one in grown.items()]
	table = joined(doctype, ("name", "posted", "issued", "received", "credited"), rows)
	added = {column: f"t.`{column}` {grows}" for column, (_fact, grows) in kept.columns.items()}
	frappe.db.sql(f"update {table} set {_assignments(added)}, {_touched(now)}")
	for column, names_item in kept.issued_of.items():
		_add_issued(doctype, column, names_item, grown)
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
	cost, change = f"t.`{kept.cost}`", kept.columns[kept.cost][1]
	standard, cause = (", ".join(map(literal, cells)) for cells in (standard_values(now), because_of))
	frappe.db.sql(
		f"""insert into `tabBottle Cost Change` (name, {columns(given)})
		select nextval(`bottle_cost_change_id_seq`), {standard}, {literal(doctype)}, t.name, x.posted,
			{cost} - (0 {change}), {cost}, {cause}
		from {table} where (0 {change}) != 0"""
	)


def _add_issued(doctype: str, column: str, names_item: str, grown: Mapping[str, _Grown]) -> None:
	"""Add to a column what the entries of the item that a field names have grown by."""
	rows = [(name, item, amount) for name, one in grown.items() for item, amount in one.items.items()]
	if rows:
		table = joined(doctype, ("name", "item", "issued"), rows)
		frappe.db.sql(
			f"""update {table} set t.`{column}` = t.`{column}` + x.issued
			where t.`{names_item}` = x.item collate utf8mb4_unicode_ci"""
		)


def write(doctype: str, names: Collection[str], entries: Iterable[tuple[str, Entry]], now: datetime) -> None:
	"""Write all that documents, and the lines of these (voucher_no, entry), keep of the ledger as it is now."""
	kept = KEPT[doctype]
	_write_lines(kept, entries)
	frappe.db.sql(
		f"""update {_SUMS} straight_join `tab{doctype}` t on t.name = x.name
		set {_assignments(_whole(kept))}, {_touched(now)}""",
		(sorted(names), doctype),
	)
	frappe.clear_document_cache(doctype)


def outdated(
	doctype: str, names: Collection[str], entries: Iterable[tuple[str, Entry]]
) -> Iterator[Difference]:
	"""What documents with live entries, and the lines of these (voucher_no, entry), keep that is not what the ledger
	says.
	"""
	kept = KEPT[doctype]
	sums = f"{_SUMS} straight_join `tab{doctype}` t on t.name = x.name"
	yield from _compared(doctype, {"docstatus": "1", **_whole(kept)}, sums, [sorted(names), doctype])
	lines = _lines(kept, entries)
	if lines:
		yield from _compared(kept.lines or "", kept.line_columns, joined(kept.lines or "", _LINE, lines))


def _compared(
	doctype: str, expressions: Mapping[str, str], table: str, values: Sequence[Any] = ()
) -> Iterator[Difference]:
	pairs = [f"cast(t.`{column}` as char), cast({sql} as char)" for column, sql in expressions.items()]
	for name, *figures in frappe.db.sql(f"select t.name, {', '.join(pairs)} from {table}", values):
		found = zip(expressions, map(exact, figures[::2]), map(exact, figures[1::2]), strict=True)
		for column, stored, expected in found:
			if stored != expected:
				yield Difference(doctype, name, column, stored, expected)


def _write_lines(kept: Kept, entries: Iterable[tuple[str, Entry]]) -> None:
	lines = _lines(kept, entries)
	if lines:
		table = joined(kept.lines or "", _LINE, lines)
		frappe.db.sql(f"update {table} set {_assignments(kept.line_columns)}")


def _lines(kept: Kept, entries: Iterable[tuple[str, Entry]]) -> list[tuple[str, Decimal, Decimal]]:
	named = ((kept.line_of(voucher_no, entry), entry) for voucher_no, entry in entries if kept.lines)
	return [(name, entry.value, entry.unit_cost) for name, entry in named if name]


def _whole(kept: Kept) -> dict[str, str]:
	issued = {
		column: f"""(select sum(-value) from `tabBottle Ledger Entry` force index (voucher_no)
			where voucher_no = t.name and item = t.`{names_item}` and quantity < 0 and is_cancelled = 0)"""
		for column, names_item in kept.issued_of.items()
	}
	return {column: f"{fact} {added}" for column, (fact, added) in kept.columns.items()} | issued


def _assignments(expressions: Mapping[str, str]) -> str:
	return ", ".join(f"t.`{column}` = {expression}" for column, expression in expressions.items())


def _touched(now: datetime) -> str:
	return f"t.modified = {literal(now)}, t.modified_by = {literal(frappe.session.user)}"
