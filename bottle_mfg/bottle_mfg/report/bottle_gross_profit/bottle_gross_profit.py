"""Bottle Gross Profit: what was earned with which item, customer, month or bill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate, get_last_day

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.gross_profit import BILL, ITEM, Earned, EarnedBill, Wanted, bills, earned
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.pages import Page
from bottle_mfg.reporting.sales import CUSTOMER, MONTH
from bottle_mfg.reporting.stopwatch import stopped_on_error

GROUPS = {"Item": ITEM, "Customer": CUSTOMER, "Month": MONTH, "Bill": BILL}
_CHARTED = 12


@stopped_on_error
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	if not may_see_costs("Bottle Sale"):
		raise frappe.PermissionError
	what = seen("Bottle Sale")
	reader = FilterReader(filters)
	first, last = reader.dates()
	choice = reader.choice("group_by", _("Group By"), (*GROUPS,), "Item")
	wanted = Wanted(
		first,
		last,
		item=reader.record("item", "Bottle Item"),
		customer=reader.record("customer", "Bottle Customer"),
		warehouse=reader.record("warehouse", "Bottle Warehouse"),
	)
	page = Page(filters)
	reader.check()
	if GROUPS[choice] == BILL:
		listed = bills(what, wanted, page)
		whole = listed.whole
		rows = [_row(one.name, one.earned, whole, **_of_bill(one)) for one in listed.bills]
		part, drawn = listed.note, None
	else:
		found = earned(what, wanted, GROUPS[choice])
		whole = sum(found.values(), Earned())
		grouped, drawn = _grouped(choice, found, whole, wanted)
		rows, part = page.part(grouped)
	if rows:
		# Of bottles and caps together there is no price of one.
		rows.append(_row(_("Total"), whole, whole) | {"bold": True, "price": None, "unit_cost": None})
	note = " ".join(filter(None, (part, what.note())))
	return _columns(choice), rows, note or None, drawn, _cards(whole)


def _of_bill(one: EarnedBill) -> dict[str, Any]:
	return {"bill": one.name, "date": str(one.day), "customer": one.customer}


def _grouped(
	choice: str, found: dict[Any, Earned], whole: Earned, wanted: Wanted
) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
	"""Months as they came, all else by what was earned with it; and a chart of the first of them."""
	order = sorted(found, key=lambda key: (ZERO if choice == "Month" else -found[key].profit, key))
	labels = _labels(choice, order)
	rows = [_row(labels[key], found[key], whole, **_named(choice, key, wanted)) for key in order]
	charted = order if choice == "Month" else order[:_CHARTED]
	drawn = (
		_chart(choice, [(key, labels[key]) for key in charted], [found[key] for key in charted])
		if rows
		else None
	)
	return rows, drawn


def _labels(choice: str, keys: Iterable[Any]) -> dict[Any, str]:
	if choice == "Month":
		return {month: formatdate(month, "MMM yyyy") for month in keys}
	names = item_names(keys) if choice == "Item" else {}
	return {key: names.get(key, key) for key in keys}


def _named(choice: str, key: Any, wanted: Wanted) -> dict[str, Any]:
	"""What a click on the row asks for next."""
	if choice != "Month":
		return {choice.lower(): key}
	start, end = max(key, wanted.first), min(get_last_day(key), wanted.last)
	return {"from_date": str(start), "to_date": str(end)}


def _row(label: str, one: Earned, whole: Earned, **named: Any) -> dict[str, Any]:
	return column.cells(
		{
			"label": label,
			**named,
			"quantity": one.quantity,
			"price": one.price,
			"unit_cost": one.unit_cost,
			"revenue": one.revenue,
			"cost": one.cost,
			"profit": one.profit,
			"margin": one.margin,
			"share": round(one.profit * 100 / whole.profit, 2) if whole.profit > ZERO else None,
		}
	)


def _columns(choice: str) -> list[column.Column]:
	first = [column.text("label", _(choice), 200)]
	if choice == "Bill":
		first = [
			column.text("label", _("Bill"), 150),
			column.text("date", _("Date"), 100, "Date"),
			column.link("customer", _("Customer"), "Bottle Customer", 190),
		]
	of_one = [
		column.unit_cost("price", _("Average Price"), 130),
		column.unit_cost("unit_cost", _("Average Cost"), 130),
	]
	return [
		*first,
		column.quantity("quantity", _("Quantity")),
		*(of_one if choice == "Item" else []),
		column.money("revenue", _("Sales")),
		column.money("cost", _("Cost of Goods"), 140),
		column.money("profit", _("Gross Profit")),
		column.percent("margin", _("Margin")),
		column.percent("share", _("Share of Profit"), 130),
	]


def _chart(choice: str, groups: list[tuple[Any, str]], figures: list[Earned]) -> dict[str, Any]:
	return column.chart(
		"bar",
		column.labels_of(groups) if choice == "Item" else [label for _key, label in groups],
		{
			_("Sales"): [one.revenue for one in figures],
			_("Cost of Goods"): [one.cost for one in figures],
			_("Gross Profit"): [one.profit for one in figures],
		},
		colors=["#2490ef", "#f5a623", "#29cd42"],
	)


def _cards(whole: Earned) -> list[dict[str, Any]]:
	colour = "Green" if whole.profit >= 0 else "Red"
	return [
		column.card(_("Sales"), whole.revenue, "Currency", "Blue"),
		column.card(_("Cost of goods"), whole.cost, "Currency", "Orange"),
		column.card(_("Gross profit"), whole.profit, "Currency", colour),
		column.card(_("Margin"), whole.margin or ZERO, "Percent", colour),
	]
