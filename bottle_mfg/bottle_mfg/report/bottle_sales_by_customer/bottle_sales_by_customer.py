"""Bottle Sales by Customer: who bought for how much, what came back, what is paid; of one customer, bill by bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from frappe import _

from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.bills import Seen, seen
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.pages import Page
from bottle_mfg.reporting.periods import MONTHLY, find, split, ticks
from bottle_mfg.reporting.sales import CUSTOMER, MONTH, Bill, Sold, bills, sales
from bottle_mfg.reporting.stopwatch import stopped_on_error

_CHARTED = 12


@stopped_on_error
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards.

	Raises `InvalidValueError` for filters that make no sense, and `PermissionError`.
	"""
	what = seen("Bottle Sale")
	reader = FilterReader(filters)
	first, last = reader.dates()
	customer = reader.record("customer", "Bottle Customer")
	where = {"customer": customer, "warehouse": reader.record("warehouse", "Bottle Warehouse")}
	page = Page(filters)
	reader.check()
	if customer:
		return _of_one(what, first, last, where, page)
	found = sales(what, first, last, CUSTOMER, where)
	whole = sum(found.values(), Sold())
	order = sorted(found, key=lambda name: (-found[name].revenue, name))
	rows = [{"customer": name, **_figures(found[name], whole)} for name in order]
	if rows:
		rows.append({"bold": True, "customer": _("Total"), **_figures(whole, whole)})
	top = order[:_CHARTED]
	drawn = _chart(top, [found[name] for name in top]) if top else None
	shown, part = page.part([*map(column.cells, rows)])
	note = " ".join(filter(None, (part, what.note())))
	return _columns(), shown, note or None, drawn, _cards(whole)


def _of_one(what: Seen, first: date, last: date, where: dict[str, Any], page: Page) -> tuple[Any, ...]:
	months = sales(what, first, last, MONTH, where)
	whole = sum(months.values(), Sold())
	count = whole.bills + whole.returns
	cut = page.of(count)
	listed = bills(what, first, last, where, cut)
	rows = [column.cells(_row(one)) for one in listed]
	if rows:
		total = {
			"label": _("Total"),
			"bold": True,
			"quantity": whole.quantity,
			"amount": whole.revenue,
			"paid": whole.paid,
			"credited": whole.revenue - whole.paid - whole.outstanding or None,
			"outstanding": whole.outstanding,
		}
		rows.append(column.cells(total))
	note = " ".join(filter(None, (cut.note(count), what.note())))
	return _bill_columns(), rows, note or None, _chart_of_months(first, last, months), _cards(whole)


def _figures(one: Sold, whole: Sold) -> dict[str, Any]:
	return {
		"bills": one.bills,
		"last": str(one.last) if one.last else None,
		"quantity": one.quantity,
		"billed": one.billed,
		"returned": one.returned or None,
		"sales": one.revenue,
		"share": round(one.revenue * 100 / whole.revenue, 2) if whole.revenue > ZERO else None,
		"average": one.average,
		"paid": one.paid,
		"outstanding": one.outstanding or None,
	}


def _row(one: Bill) -> dict[str, Any]:
	return {
		"label": one.name,
		"bill": one.name,
		"date": str(one.day),
		"what": _("Return") if one.is_return else _("Sale"),
		"quantity": one.quantity,
		"amount": one.amount,
		"paid": one.paid or None,
		"credited": one.credited or None,
		"outstanding": one.outstanding or None,
		"due_date": str(one.due) if one.due else None,
		"payment_status": _(one.payment_status),
	}


def _columns() -> list[column.Column]:
	return [
		column.text("customer", _("Customer"), 195),
		column.count("bills", _("Bills"), 60),
		column.text("last", _("Last Bill"), 100, "Date"),
		column.quantity("quantity", _("Quantity"), 90),
		column.money("billed", _("Billed"), 120),
		column.money("returned", _("Brought Back"), 110),
		column.money("sales", _("Sales"), 120),
		column.percent("share", _("Share"), 72),
		column.money("average", _("Average Bill"), 105),
		column.money("paid", _("Paid"), 120),
		column.money("outstanding", _("Outstanding"), 120),
	]


def _bill_columns() -> list[column.Column]:
	return [
		column.text("label", _("Bill"), 150),
		column.text("date", _("Date"), 100, "Date"),
		column.text("what", _("What"), 80),
		column.quantity("quantity", _("Quantity")),
		column.money("amount", _("Amount")),
		column.money("paid", _("Paid")),
		column.money("credited", _("Credited"), 110),
		column.money("outstanding", _("Outstanding")),
		column.text("due_date", _("Due Date"), 100, "Date"),
		column.text("payment_status", _("Payment"), 100),
	]


def _chart(customers: list[str], figures: list[Sold]) -> dict[str, Any]:
	series = {
		_("Sales"): [one.revenue for one in figures],
		_("Outstanding"): [one.outstanding for one in figures],
	}
	return column.chart("bar", customers, series, colors=["#2490ef", "#f5a623"])


def _chart_of_months(first: date, last: date, months: dict[date, Sold]) -> dict[str, Any] | None:
	periods = split(first, last, MONTHLY)
	sold: dict[Any, Decimal] = dict.fromkeys(periods, ZERO)
	for month_end, one in months.items():
		sold[find(periods, min(month_end, last))] += one.revenue
	if not months:
		return None
	return column.chart("bar", ticks(periods), {_("Sales"): sold.values()}, in_time=True, colors=["#2490ef"])


def _cards(whole: Sold) -> list[dict[str, Any]]:
	return [
		column.card(_("Sales"), whole.revenue, "Currency", "Blue"),
		column.card(_("Bills"), whole.bills, "Int", "Blue"),
		column.card(_("Average bill"), whole.average or ZERO, "Currency", "Blue"),
		column.card(_("Brought back"), whole.returned, "Currency", "Orange" if whole.returned else "Green"),
		column.card(
			_("Outstanding"), whole.outstanding, "Currency", "Orange" if whole.outstanding else "Green"
		),
	]
