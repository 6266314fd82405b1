"""Pairs of documents that were perhaps entered twice, and why one thinks so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers import supplier_bills
from bottle_mfg.controllers.duplicates import ALIKE, Alike, items_of
from bottle_mfg.payments.bills import KINDS
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.bills import seen

MOST = 500
"""So many pairs of a kind are looked for."""

_AT_ONCE = 1000

Condition = tuple[str, list[object]]
"""SQL on the columns of a DocType, with its values: what a user may see. Empty where he may see all."""


@dataclass
class Pair:
	"""`later` is perhaps the same as `earlier`: `why` says what speaks for it. The amount is of `later`, in currency."""

	doctype: str
	earlier: str
	earlier_date: date
	later: str
	later_date: date
	party: str
	amount: Decimal
	why: list[str] = field(default_factory=list)

	@property
	def days_apart(self) -> int:
		return abs((self.later_date - self.earlier_date).days)


def pairs(doctypes: Iterable[str], first: date, last: date, apart: int) -> list[Pair]:
	"""Those whose later document is of the days from `first` to `last`, the latest first; at most `MOST` of a kind.

	Of the DocTypes that the session's user may read, and of each the documents that he may see.
	"""
	found: dict[tuple[str, str], Pair] = {}
	for doctype in doctypes:
		condition = _visible(doctype)
		if condition is not None:
			for pair in _of_kind(doctype, condition, first, last, apart):
				known = found.setdefault((pair.earlier, pair.later), pair)
				known.why += [reason for reason in pair.why if reason not in known.why]
	return sorted(found.values(), key=lambda pair: (pair.later_date, pair.later), reverse=True)


def _of_kind(doctype: str, condition: Condition, first: date, last: date, apart: int) -> Iterator[Pair]:
	alike = ALIKE[doctype]
	yield from _with_equal_items(_alike(doctype, alike, condition, first, last, apart), alike)
	if doctype == "Bottle Payment":
		yield from _same_transfer(condition, first, last)
	if doctype == "Bottle Purchase":
		yield from _same_bill(condition, first, last)


def _visible(doctype: str) -> Condition | None:
	"""What the user may see of a DocType; None: nothing."""
	if not frappe.has_permission(doctype, "read"):
		return None
	if doctype == "Bottle Expense":
		conditions, values = within(doctype, {"category": "Bottle Expense Category"})
		return " and ".join(conditions), values
	try:
		if doctype in KINDS:
			what = seen(doctype)
			return " and ".join(what.conditions), [*what.values]
		return _visible_payments()
	except frappe.PermissionError:
		return None


def _visible_payments() -> Condition:
	parts: list[str] = []
	values: list[object] = []
	for kind in KINDS:
		try:
			condition, of_kind = seen(kind).payments()
		except frappe.PermissionError:
			continue
		parts.append(f"(true{condition})")
		values += of_kind
	if not parts:
		raise frappe.PermissionError
	return f"({' or '.join(parts)})", values


def _pairs_where(
	doctype: str, same: str, condition: Condition, first: date, last: date, values: list[object]
) -> list[Any]:
	"""Documents that stand, `a` the earlier and `b` the later of a pair, where `same` (SQL) holds for both."""
	alike, (visible, visible_values) = ALIKE[doctype], condition
	of_both = ""
	if visible:
		named = f"in (select name from `tab{doctype}` where {visible})"
		of_both = f" and a.name {named} and b.name {named}"
	result = "" if doctype != "Bottle Payment" else " and a.result = 'Completed' and b.result = 'Completed'"
	return frappe.db.sql(
		f"""select a.name earlier, a.`date` earlier_date, b.name later, b.`date` later_date,
			b.`{alike.party}` party, cast(b.`{alike.amount}` as char) amount
		from `tab{doctype}` b straight_join `tab{doctype}` a on a.`{alike.party}` = b.`{alike.party}` and {same}
		where b.`date` between %s and %s and b.docstatus < 2 and a.docstatus < 2
			and (a.`date`, a.creation, a.name) < (b.`date`, b.creation, b.name){result}{of_both}
		order by b.`date` desc, b.name desc limit {MOST}""",
		[*values, first, last, *visible_values, *visible_values],
		as_dict=True,
	)


def _pair(doctype: str, row: Any, why: str) -> Pair:
	return Pair(doctype, **{**row, "amount": exact(row.amount)}, why=[why])


def _alike(
	doctype: str, alike: Alike, condition: Condition, first: date, last: date, apart: int
) -> list[Pair]:
	same = f"a.`{alike.amount}` = b.`{alike.amount}` and a.`date` between b.`date` - interval %s day and b.`date`"
	if doctype == "Bottle Expense":
		same += " and a.payee <=> b.payee"
	why = {
		"Bottle Expense": _("same category, payee and amount"),
		"Bottle Payment": _("same party and amount"),
	}.get(doctype, _("same party, amount and items"))
	rows = _pairs_where(doctype, same, condition, first, last, [apart])
	return [_pair(doctype, row, why) for row in rows]


def _with_equal_items(found: list[Pair], alike: Alike) -> Iterator[Pair]:
	if not alike.items:
		yield from found
		return
	names = sorted({name for pair in found for name in (pair.earlier, pair.later)})
	lines: dict[str, list[str]] = {}
	for start in range(0, len(names), _AT_ONCE):
		lines |= items_of(alike.items, names[start : start + _AT_ONCE])
	yield from (pair for pair in found if lines.get(pair.earlier) == lines.get(pair.later))


def _same_transfer(condition: Condition, first: date, last: date) -> Iterator[Pair]:
	same = "a.transaction_ref = b.transaction_ref and b.transaction_ref != ''"
	for row in _pairs_where("Bottle Payment", same, condition, first, last, []):
		yield _pair("Bottle Payment", row, _("same transaction reference"))


def _same_bill(condition: Condition, first: date, last: date) -> Iterator[Pair]:
	"""Bills that were entered twice before that was refused: of these the later ones hold no number."""
	same = "a.bill_key is not null and b.bill_key is null and b.supplier_bill_no != '' and b.is_return = 0"
	rows = _pairs_where("Bottle Purchase", same, condition, first, last, [])
	names = {name for row in rows for name in (row.earlier, row.later)}
	numbers = dict(
		frappe.db.sql(
			"select name, supplier_bill_no from `tabBottle Purchase` where name in %s",
			(tuple(names) or ("",),),
		)
	)
	for row in rows:
		if supplier_bills.key(numbers[row.earlier]) == supplier_bills.key(numbers[row.later]):
			yield _pair("Bottle Purchase", row, _("same bill number"))
