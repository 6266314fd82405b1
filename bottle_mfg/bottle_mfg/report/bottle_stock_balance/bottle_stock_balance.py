"""Bottle Stock Balance: what there is of every item, at the end of any day."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.columns import (
	Column,
	card,
	cells,
	chart,
	labels_of,
	link,
	money,
	quantity,
	text,
	unit_cost,
)
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.stock_balance import ITEM_TYPES, LOW, OUT, Held, held
from bottle_mfg.reporting.stopwatch import stopped_on_error

_CHARTED = 12
PIECES = "pcs"


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense.

	Whoever may not read daily totals (sales staff) sees today's stock and no movements: these would tell what
	others sold.
	"""
	movements = bool(frappe.has_permission("Bottle Daily Total", "read"))
	costs = may_see_costs("Bottle Stock")
	reader = FilterReader(filters)
	first, last = reader.dates()
	item = reader.record("item", "Bottle Item")
	warehouse = reader.record("warehouse", "Bottle Warehouse")
	item_type = reader.choice("item_type", _("Item Type"), ("", *ITEM_TYPES), "")
	hide_empty = reader.flag("hide_zero")
	reader.check()
	if not movements:
		first = last = getdate(nowdate())
	rows = [
		row
		for row in held(first, last, item)
		if warehouse in (None, row.warehouse)
		and item_type in ("", row.item.item_type)
		and (row.balance.quantity or row.alarm or not hide_empty)
	]
	return (
		_columns(movements, costs),
		[*(_cells(row, costs, movements) for row in rows), *_total(rows, costs, movements)],
		None if movements else _("This is the stock of today."),
		_chart(rows, costs) if rows else None,
		_cards(rows, costs),
	)


def _columns(movements: bool, costs: bool) -> list[Column]:
	columns = [
		link("item", _("Item"), "Bottle Item", 115),
		text("item_name", _("Item Name"), 150),
		link("warehouse", _("Warehouse"), "Bottle Warehouse", 130),
	]
	if movements:
		columns += [
			quantity("opening", _("Opening"), 85),
			quantity("came_in", _("In"), 85),
			quantity("went_out", _("Out"), 85),
		]
	columns += [quantity("closing", _("In Stock"), 90), text("uom", _("Unit"), 55)]
	if costs:
		columns += [unit_cost("unit_cost", _("Unit Cost"), 105), money("value", _("Value"), 115)]
	return [
		*columns,
		text("alarm", _("To Order"), 110),
		quantity("reorder_level", _("Reorder Level"), 115),
		text("item_type", _("Item Type"), 100),
	]


def _cells(row: Held, costs: bool, movements: bool) -> dict[str, Any]:
	figures: dict[str, Any] = {
		"item": row.item.name,
		"item_name": row.item.item_name,
		"item_type": _(row.item.item_type),
		"warehouse": row.warehouse,
		"closing": row.balance.quantity,
		"uom": _(row.item.uom),
		"reorder_level": row.item.reorder_level or None,
		"alarm": {LOW: _("Low"), OUT: _("Out of stock")}.get(row.alarm, ""),
	}
	if movements:
		figures |= {"opening": row.opening, "came_in": row.came_in, "went_out": row.went_out}
	if costs:
		figures |= {"unit_cost": row.unit_cost, "value": row.balance.value}
	return cells(figures)


def _total(rows: list[Held], costs: bool, movements: bool) -> list[dict[str, Any]]:
	"""The last row: the value, and the quantities where all are of one kind and unit."""
	total: dict[str, Any] = {}
	if len({(row.item.item_type, row.item.uom) for row in rows}) == 1:
		total["closing"] = sum((row.balance.quantity for row in rows), ZERO)
		if movements:
			total |= {
				name: sum((getattr(row, name) for row in rows), ZERO)
				for name in ("opening", "came_in", "went_out")
			}
	if costs and rows:
		total["value"] = _value(rows)
	return [cells({"item_name": _("Total"), "bold": True, **total})] if total else []


def _value(rows: list[Held]) -> Decimal:
	return sum((row.balance.value for row in rows), ZERO)


def _chart(rows: list[Held], costs: bool) -> dict[str, Any]:
	"""What is worth most; for who may not see that, how much there is of what is counted in pieces."""
	held: dict[str, Decimal] = defaultdict(Decimal)
	names = {row.item.name: row.item.item_name for row in rows}
	for row in rows:
		if costs:
			held[row.item.name] += row.balance.value
		elif row.item.uom == PIECES:
			held[row.item.name] += row.balance.quantity
	most = sorted(held.items(), key=lambda pair: -pair[1])[:_CHARTED]
	name, fieldtype = (_("Stock Value"), "Currency") if costs else (_("In Stock"), "Float")
	series = {name: [figure for _item, figure in most]}
	return chart(
		"bar",
		labels_of([(item, names[item]) for item, _figure in most]),
		series,
		fieldtype,
		colors=["#2490ef"],
	)


def _cards(rows: list[Held], costs: bool) -> list[dict[str, Any]]:
	low = len({row.item.name for row in rows if row.alarm})
	cards = [card(_("Stock Value"), _value(rows), "Currency", "Blue")] if costs else []
	return [*cards, card(_("Items to Order"), low, "Int", "Red" if low else "Green")]
