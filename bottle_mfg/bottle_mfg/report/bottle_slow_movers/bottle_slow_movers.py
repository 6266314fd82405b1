"""Bottle Slow Movers: what lies in store without being sold or used up, for how long, and what is bound in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.columns import Column, card, cells, chart, count, link, money, quantity, text
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.slow_movers import Lying, slow_movers
from bottle_mfg.reporting.stock_balance import ITEM_TYPES
from bottle_mfg.reporting.stopwatch import stopped_on_error

USUAL_DAYS, MOST_DAYS = 60, 3660
LITTLE = ("10", "0", "5", "25")
"""How much of the stock, in percent, may have been used of an item that counts as slow."""

AGES = (30, 60, 90, 180, 365)


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense.

	It tells what others sold, so that it is for who may read daily totals.
	"""
	if not frappe.has_permission("Bottle Daily Total", "read"):
		raise frappe.PermissionError
	costs = may_see_costs("Bottle Stock")
	reader = FilterReader(filters)
	on = reader.date("date", _("As Of"))
	days = reader.number("days", _("Days"), USUAL_DAYS, MOST_DAYS)
	percent = int(reader.choice("used_at_most", _("Used at Most"), LITTLE, LITTLE[0]))
	item = reader.record("item", "Bottle Item")
	item_type = reader.choice("item_type", _("Item Type"), ("", *ITEM_TYPES), "")
	warehouse = reader.record("warehouse", "Bottle Warehouse")
	reader.check()
	found = [
		one
		for one in slow_movers(on, days, percent, item=item, warehouse=warehouse)
		if item_type in ("", one.item.item_type)
	]
	rows = [_row(one, on, warehouse, costs) for one in found]
	return (
		_columns(days, costs),
		[*rows, *_total(found, costs)],
		None,
		_chart(found, on, costs) if found else None,
		_cards(found, on, costs),
	)


def _columns(days: int, costs: bool) -> list[Column]:
	columns = [
		link("item", _("Item"), "Bottle Item", 110),
		text("item_name", _("Item Name"), 140),
		quantity("quantity", _("In Stock"), 90),
		text("uom", _("Unit"), 58),
		quantity("used", _("Used in {0} Days").format(days), 125),
		text("last_issue", _("Last Sold or Used"), 130, "Date"),
		count("idle_days", _("Idle for Days"), 105),
		text("age", _("Age"), 115),
		text("last_movement", _("Last Movement"), 115, "Date"),
	]
	if costs:
		columns.append(money("value", _("Value Bound"), 120))
	return [*columns, text("item_type", _("Item Type"), 95)]


def _row(one: Lying, on: date, warehouse: str | None, costs: bool) -> dict[str, Any]:
	return cells(
		{
			"item": one.item.name,
			"item_name": one.item.item_name,
			"item_type": _(one.item.item_type),
			"uom": _(one.item.uom),
			"quantity": one.held.quantity,
			"used": one.used,
			"last_issue": one.last_issue and str(one.last_issue),
			"idle_days": one.idle_days(on),
			"age": _label(_age(one, on)),
			"last_movement": str(one.last_movement),
			"ledger": {
				"item": one.item.name,
				"warehouse": warehouse,
				"from_date": str(one.last_movement),
				"to_date": str(on),
			},
			**({"value": one.held.value} if costs else {}),
		}
	)


def _total(found: Sequence[Lying], costs: bool) -> list[dict[str, Any]]:
	"""The last row: the value, and the quantities where all are of one kind and unit."""
	total: dict[str, Any] = {}
	if len({(one.item.item_type, one.item.uom) for one in found}) == 1:
		total |= {
			"quantity": sum((one.held.quantity for one in found), ZERO),
			"used": sum((one.used for one in found), ZERO),
		}
	if costs and found:
		total["value"] = sum((one.held.value for one in found), ZERO)
	return [cells({"item_name": _("Total"), "bold": True, **total})] if total else []


def _age(one: Lying, on: date) -> int:
	"""The place of the age that an item is of."""
	idle = one.idle_days(on)
	return next((place for place, days in enumerate(AGES) if idle <= days), len(AGES))


def _label(age: int) -> str:
	if age == len(AGES):
		return _("over {0} days").format(AGES[-1])
	return _("{0} to {1} days").format(AGES[age - 1] + 1 if age else 0, AGES[age])


def _chart(found: Sequence[Lying], on: date, costs: bool) -> dict[str, Any]:
	"""What is bound by age; for who may not see that, how many items there are."""
	bound = [ZERO] * (len(AGES) + 1)
	for one in found:
		bound[_age(one, on)] += one.held.value if costs else 1
	labels = [_label(age) for age in range(len(bound))]
	name, fieldtype = (_("Value Bound"), "Currency") if costs else (_("Items"), "Int")
	return chart("bar", labels, {name: bound}, fieldtype, colors=["#f5a623"])


def _cards(found: Sequence[Lying], on: date, costs: bool) -> list[dict[str, Any]]:
	never = sum(one.last_issue is None for one in found)
	longest = max((one.idle_days(on) for one in found), default=0)
	cards = [
		card(_("Slow Items"), len(found), "Int", "Orange" if found else "Green"),
		card(_("Never Sold or Used"), never, "Int", "Red" if never else "Green"),
		card(_("Longest Idle (Days)"), longest, "Int", "Blue"),
	]
	bound = sum((one.held.value for one in found), ZERO)
	return [card(_("Value Bound"), bound, "Currency", "Orange"), *cards] if costs else cards
