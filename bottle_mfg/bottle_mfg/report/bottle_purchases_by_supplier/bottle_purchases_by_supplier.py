"""Bottle Purchases by Supplier: what was bought from whom; of one supplier, bill by bill; of one item, price by price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from frappe import _
from frappe.utils import formatdate

from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.bills import Seen, seen
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.pages import Page
from bottle_mfg.reporting.periods import MONTHLY, find, split, ticks
from bottle_mfg.reporting.purchases import (
	MONTH,
	SUPPLIER,
	Bill,
	Bought,
	Priced,
	Prices,
	bills,
	lines,
	prices,
	purchases,
)
from bottle_mfg.reporting.stopwatch import stopped_on_error

_CHARTED, _POINTS = 12, 62


@stopped_on_error
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards.

	Raises `InvalidValueError` for filters that make no sense, and `PermissionError`.
	"""
	what = seen("Bottle Purchase")
	reader = FilterReader(filters)
	first, last = reader.dates()
	supplier = reader.record("supplier", "Bottle Supplier")
	item = reader.record("item", "Bottle Item")
	where = {"supplier": supplier, "warehouse": reader.record("warehouse", "Bottle Warehouse")}
	page = Page(filters)
	reader.check()
	if item:
		return _of_item(what, first, last, item, where, page)
	if supplier:
		return _of_one(what, first, last, where, page)
	found = purchases(what, first, last, SUPPLIER, where)
	whole = sum(found.values(), Bought())
	order = sorted(found, key=lambda name: (-found[name].amount, name))
	rows = [{"supplier": name, **_figures(found[name], whole)} for name in order]
	if rows:
		rows.append({"bold": True, "supplier": _("Total"), **_figures(whole, whole)})
	top = order[:_CHARTED]
	drawn = _chart(top, [found[name] for name in top]) if top else None
	shown, part = page.part([*map(column.cells, rows)])
	note = " ".join(filter(None, (part, what.note())))
	return _columns(), shown, note or None, drawn, _cards(whole)


def _of_one(what: Seen, first: date, last: date, where: dict[str, Any], page: Page) -> tuple[Any, ...]:
	months = purchases(what, first, last, MONTH, where)
	whole = sum(months.values(), Bought())
	count = whole.bills + whole.returns
	cut = page.of(count)
	listed = bills(what, first, last, where, cut)
	rows = [_bill_row(one) for one in listed]
	if rows:
		total = {
			"label": _("Total"),
			"bold": True,
			"amount": whole.amount,
			"other_charges": whole.other_charges or None,
			"paid": whole.paid,
			"credited": whole.amount - whole.paid - whole.outstanding or None,
			"outstanding": whole.outstanding,
		}
		rows.append(column.cells(total))
	note = " ".join(filter(None, (cut.note(count), what.note())))
	return _bill_columns(), rows, note or None, _chart_of_months(first, last, months), _cards(whole)


def _of_item(
	what: Seen, first: date, last: date, item: str, where: dict[str, Any], page: Page
) -> tuple[Any, ...]:
	found = lines(what, first, last, item, where)
	told = prices(found)
	newest_first = [*zip(found, _changes(found), strict=True)][::-1]
	cut = page.of(len(found))
	size, start = cut.limit
	rows = [_line_row(one, change) for one, change in newest_first[start : start + size]]
	if rows:
		total = {
			"label": _("Total"),
			"bold": True,
			"quantity": sum((one.quantity for one in found), ZERO),
			"amount": sum((one.amount for one in found), ZERO),
		}
		rows.append(column.cells(total))
	note = " ".join(filter(None, (cut.note(len(found)), what.note())))
	drawn = _chart_of_prices(found) if told else None
	return _line_columns(), rows, note or None, drawn, _price_cards(told)


def _changes(found: Iterable[Priced]) -> list[Decimal | None]:
	"""By how many percent each price is above the one that was paid before; nothing for what went back."""
	before: Decimal | None = None
	changes: list[Decimal | None] = []
	for one in found:
		if one.is_return:
			changes.append(None)
			continue
		changes.append(round((one.unit_price - before) * 100 / before, 2) if before else None)
		before = one.unit_price
	return changes


def _figures(one: Bought, whole: Bought) -> dict[str, Any]:
	return {
		"bills": one.bills,
		"last": str(one.last) if one.last else None,
		"billed": one.billed,
		"returned": one.returned or None,
		"amount": one.amount,
		"share": round(one.amount * 100 / whole.amount, 2) if whole.amount > ZERO else None,
		"average": one.average,
		"paid": one.paid,
		"outstanding": one.outstanding or None,
		"other_charges": one.other_charges or None,
	}


def _bill_row(one: Bill) -> dict[str, Any]:
	row = {
		"label": one.name,
		"bill": one.name,
		"date": str(one.day),
		"what": _("Return") if one.is_return else _("Purchase"),
		"supplier_bill_no": one.supplier_bill_no,
		"amount": one.amount,
		"other_charges": one.other_charges or None,
		"paid": one.paid or None,
		"credited": one.credited or None,
		"outstanding": one.outstanding or None,
		"due_date": str(one.due) if one.due else None,
		"payment_status": _(one.payment_status),
	}
	return column.cells(row)


def _line_row(one: Priced, change: Decimal | None) -> dict[str, Any]:
	row = {
		"label": one.name,
		"bill": one.name,
		"date": str(one.day),
		"what": _("Return") if one.is_return else _("Purchase"),
		"supplier": one.supplier,
		"quantity": one.quantity,
		"unit_price": one.unit_price,
		"change": change,
		"amount": one.amount,
	}
	return column.cells(row)


def _columns() -> list[column.Column]:
	return [
		column.text("supplier", _("Supplier"), 170),
		column.count("bills", _("Bills"), 60),
		column.text("last", _("Last Bill"), 100, "Date"),
		column.money("billed", _("Billed"), 120),
		column.money("returned", _("Given Back"), 106),
		column.money("amount", _("Purchases"), 120),
		column.percent("share", _("Share"), 72),
		column.money("average", _("Average Bill"), 105),
		column.money("paid", _("Paid"), 120),
		column.money("outstanding", _("Outstanding"), 120),
		column.money("other_charges", _("Other Charges"), 116),
	]


def _bill_columns() -> list[column.Column]:
	return [
		column.text("label", _("Bill"), 125),
		column.text("date", _("Date"), 100, "Date"),
		column.text("what", _("What"), 85),
		column.text("supplier_bill_no", _("Supplier's Bill"), 115),
		column.money("amount", _("Amount"), 120),
		column.money("paid", _("Paid"), 120),
		column.money("credited", _("Credited"), 105),
		column.money("outstanding", _("Outstanding"), 120),
		column.text("due_date", _("Due Date"), 100, "Date"),
		column.text("payment_status", _("Payment"), 90),
		column.money("other_charges", _("Other Charges"), 116),
	]


def _line_columns() -> list[column.Column]:
	return [
		column.text("label", _("Bill"), 150),
		column.text("date", _("Date"), 100, "Date"),
		column.text("what", _("What"), 90),
		column.link("supplier", _("Supplier"), "Bottle Supplier", 190),
		column.quantity("quantity", _("Quantity")),
		column.unit_cost("unit_price", _("Unit Price"), 120),
		column.percent("change", _("Change %"), 100),
		column.money("amount", _("Amount")),
	]


def _chart(suppliers: list[str], figures: list[Bought]) -> dict[str, Any]:
	series = {
		_("Purchases"): [one.amount for one in figures],
		_("Outstanding"): [one.outstanding for one in figures],
	}
	return column.chart("bar", suppliers, series, colors=["#2490ef", "#f5a623"])


def _chart_of_months(first: date, last: date, months: dict[date, Bought]) -> dict[str, Any] | None:
	periods = split(first, last, MONTHLY)
	bought: dict[Any, Decimal] = dict.fromkeys(periods, ZERO)
	for month_end, one in months.items():
		bought[find(periods, min(month_end, last))] += one.amount
	if not months:
		return None
	return column.chart(
		"bar", ticks(periods), {_("Purchases"): bought.values()}, in_time=True, colors=["#2490ef"]
	)


def _chart_of_prices(found: list[Priced]) -> dict[str, Any]:
	"""A point for each day on which it was bought, or for each month where these are many: the average of all."""
	bought = [one for one in found if not one.is_return]
	days = {one.day for one in bought}
	monthly = len(days) > _POINTS
	points: dict[date, list[Priced]] = defaultdict(list)
	for one in bought:
		points[one.day.replace(day=1) if monthly else one.day].append(one)
	averages = [told.average for told in map(prices, points.values()) if told]
	labels = [formatdate(day, "MMM yyyy" if monthly else "d MMM yy") for day in points]
	return column.chart("line", labels, {_("Unit Price"): averages}, in_time=True, colors=["#2490ef"])


def _price_cards(told: Prices | None) -> list[dict[str, Any]]:
	if not told:
		return []
	return [
		_price_card(_("Last price"), told.last, "Blue"),
		_price_card(_("Lowest"), told.lowest, "Green"),
		_price_card(_("Highest"), told.highest, "Orange"),
		_price_card(_("Average"), told.average, "Blue"),
		column.card(_("Bought"), told.quantity, "Float", "Blue"),
	]


def _price_card(label: str, price: Decimal, colour: str) -> dict[str, Any]:
	return column.card(label, price, "Currency", colour)


def _cards(whole: Bought) -> list[dict[str, Any]]:
	return [
		column.card(_("Purchases"), whole.amount, "Currency", "Blue"),
		column.card(_("Bills"), whole.bills, "Int", "Blue"),
		column.card(_("Average bill"), whole.average or ZERO, "Currency", "Blue"),
		column.card(_("Given back"), whole.returned, "Currency", "Orange" if whole.returned else "Green"),
		column.card(
			_("Outstanding"), whole.outstanding, "Currency", "Orange" if whole.outstanding else "Green"
		),
	]
