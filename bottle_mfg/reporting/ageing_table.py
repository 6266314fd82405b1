"""What is outstanding by how late it is, as a report: the same table for customers and suppliers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from frappe import _

from bottle_mfg.ledger import ZERO
from bottle_mfg.payments.bills import Kind
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting import paging
from bottle_mfg.reporting.ageing import Open, outstanding
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.filters import FilterReader

AGES = (("up_to_30", 30), ("up_to_60", 60), ("up_to_90", 90))
NOT_DUE, OLDER, TO_REFUND = "not_due", "older", "to_refund"
PARTS = (NOT_DUE, *(name for name, _days in AGES), OLDER, TO_REFUND)

Sums = dict[str, Decimal]


def run(filters: Any, kind: Kind) -> tuple[Any, ...]:
	"""Columns, rows (those of the page that the filters ask for), message, chart and cards.

	Raises `InvalidValueError` for filters that make no sense, and `PermissionError`.
	"""
	what = seen(kind.doctype)
	reader = FilterReader(filters)
	on = reader.date("date", _("As Of"))
	party = reader.record(kind.party, kind.party_type)
	reader.check()
	found = outstanding(what, on, party)
	total = _sums(found, on)
	by_party: dict[str, list[Open]] = defaultdict(list)
	for one in found:
		by_party[one.party].append(one)
	shown, note = paging.groups([1 + len(bills) for bills in by_party.values()], paging.asked(filters))
	rows = list(_rows(kind, dict([*by_party.items()][shown]), on))
	if rows:
		rows.append(column.cells({"label": _("Total"), "bold": True, **_shown(total)}))
	note = " ".join(filter(None, (note, what.note()))) or None
	return _columns(kind, total), rows, note, _chart(total) if rows else None, _cards(total)


def age(one: Open, on: date) -> str:
	"""The part of the table that an open bill stands in."""
	if one.is_return:
		return TO_REFUND
	late = one.days_late(on)
	if not late:
		return NOT_DUE
	return next((name for name, days in AGES if late <= days), OLDER)


def _sums(found: Iterable[Open], on: date) -> Sums:
	sums: Sums = dict.fromkeys(("outstanding", *PARTS), ZERO)
	for one in found:
		sums["outstanding"] += one.outstanding
		sums[age(one, on)] += one.outstanding
	return sums


def _shown(sums: Sums) -> dict[str, Decimal | None]:
	"""Empty cells instead of noughts: what there is stands out."""
	return {name: amount or None for name, amount in sums.items()}


def _rows(kind: Kind, by_party: Mapping[str, Sequence[Open]], on: date) -> Iterable[dict[str, Any]]:
	for party, bills in by_party.items():
		# The party's statement from its oldest open bill on tells how it came to this.
		since = str(min(one.day for one in bills))
		head = {"line": party, "label": party, "party": party, "indent": 0, "bold": True, "since": since}
		yield column.cells(head | _shown(_sums(bills, on)))
		for one in bills:
			yield column.cells(
				{
					"line": one.name,
					"label": one.name,
					"bill": one.name,
					"doctype": kind.doctype,
					"indent": 1,
					"date": str(one.day),
					"due_date": str(one.due),
					"days_late": one.days_late(on) or None,
					"outstanding": one.outstanding,
					age(one, on): one.outstanding,
				}
			)


def labels() -> dict[str, str]:
	"""What each of the `PARTS` is headed by, in their order."""
	return {
		NOT_DUE: _("Not Due"),
		"up_to_30": _("1 to 30 Days"),
		"up_to_60": _("31 to 60 Days"),
		"up_to_90": _("61 to 90 Days"),
		OLDER: _("Over 90 Days"),
		TO_REFUND: _("To Be Refunded"),
	}


def _columns(kind: Kind, total: Sums) -> list[column.Column]:
	ages = {name: label for name, label in labels().items() if name != TO_REFUND or total[name]}
	return [
		column.text(
			"label", _("Customer and Bill") if kind.party == "customer" else _("Supplier and Bill"), 207
		),
		column.text("date", _("Date"), 100, "Date"),
		column.text("due_date", _("Due Date"), 100, "Date"),
		column.count("days_late", _("Days Late"), 92),
		column.money("outstanding", _("Outstanding"), 121),
		*(column.money(name, label, 117) for name, label in ages.items()),
	]


def _chart(total: Sums) -> dict[str, Any]:
	"""How much is how late; what is to be refunded stands beside it, in the cards."""
	days = [most for _part, most in AGES]
	# In days, as the table's headings would not fit below a column.
	ages = [f"{least + 1}–{most}" for least, most in pairwise((0, *days))]
	names = [_("Not Due"), *ages, f">{days[-1]}"]
	series = {_("Outstanding"): [total[part] for part in PARTS if part != TO_REFUND]}
	return column.chart("bar", names, series, colors=["#f5a623"])


def _cards(total: Sums) -> list[dict[str, Any]]:
	late = sum((total[part] for part in PARTS if part not in (NOT_DUE, TO_REFUND)), ZERO)
	return [
		column.card(_("Outstanding"), total["outstanding"], "Currency", "Blue"),
		column.card(_("Overdue"), late, "Currency", "Red" if late else "Green"),
		column.card(
			_("To be refunded"), -total[TO_REFUND], "Currency", "Orange" if total[TO_REFUND] else "Green"
		),
	]
