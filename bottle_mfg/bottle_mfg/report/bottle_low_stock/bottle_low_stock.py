"""Bottle Low Stock: what has to be ordered or blown, how much of it, and how urgent that is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.ledger import ZERO, value
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.columns import (
	Column,
	card,
	cells,
	chart,
	count,
	labels_of,
	link,
	money,
	quantity,
	text,
	unit_cost,
)
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.reorder import MOST_DAYS, Suggestion, suggestions
from bottle_mfg.reporting.stock_balance import ITEM_TYPES
from bottle_mfg.reporting.stopwatch import stopped_on_error
from bottle_mfg.reporting.usage import WINDOW

_CHARTED = 12
_ONE_DECIMAL = {"precision": 1}


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense.

	What others sold shows in the daily use, so that it is for who may read daily totals.
	"""
	if not frappe.has_permission("Bottle Daily Total", "read"):
		raise frappe.PermissionError
	purchases = bool(frappe.has_permission("Bottle Purchase", "read"))
	costs = purchases and may_see_costs("Bottle Purchase")
	reader = FilterReader(filters)
	item = reader.record("item", "Bottle Item")
	item_type = reader.choice("item_type", _("Item Type"), ("", *ITEM_TYPES), "")
	supplier = reader.record("supplier", "Bottle Supplier") if purchases else None
	days = reader.number("days", _("Days"), WINDOW, MOST_DAYS)
	reader.check()
	found = [
		one
		for one in suggestions(days, items=None if item is None else [item], confined=True)
		if item_type in ("", one.low.item_type) and supplier in (None, one.last and one.last.supplier)
	]
	found.sort(key=_urgency)
	rows = _rows(found, purchases, costs)
	return (
		_columns(purchases, costs),
		[*rows, *_total(found, costs)],
		None,
		_chart(found),
		_cards(found, costs),
	)


def _urgency(one: Suggestion) -> tuple[bool, Decimal, str]:
	"""What is gone first, then what lasts shortest; what nobody uses last."""
	cover = _cover(one)
	return not one.low.out_of_stock, Decimal("Infinity") if cover is None else cover, one.low.item


def _cover(one: Suggestion) -> Decimal | None:
	return one.use.cover(one.low.quantity)


def _columns(purchases: bool, costs: bool) -> list[Column]:
	columns = [
		link("item", _("Item"), "Bottle Item", 115),
		text("item_name", _("Item Name"), 120),
		text("to_do", _("To Do"), 90),
		quantity("quantity", _("In Stock"), 85),
		text("uom", _("Unit"), 58),
		quantity("reorder_level", _("Reorder Level"), 115),
		quantity("days_of_cover", _("Days of Cover"), 115) | _ONE_DECIMAL,
		count("lead_time_days", _("Lead Time (Days)"), 135),
		quantity("suggested", _("To Order"), 80),
	]
	if purchases:
		columns.append(link("supplier", _("Last Supplier"), "Bottle Supplier", 130))
	if costs:
		columns += [unit_cost("last_price", _("Last Price"), 90), money("amount", _("Comes To"), 110)]
	if purchases:
		columns += [
			quantity("on_order", _("On Order"), 90),
			link("draft", _("Draft"), "Bottle Purchase", 125),
		]
	return [*columns, quantity("daily_use", _("Used a Day"), 105) | _ONE_DECIMAL]


def _rows(found: Sequence[Suggestion], purchases: bool, costs: bool) -> list[dict[str, Any]]:
	drafts = {name for one in found for name in one.on_order.drafts}
	readable = (
		set(frappe.get_list("Bottle Purchase", {"name": ("in", sorted(drafts))}, pluck="name"))
		if purchases and drafts
		else set()
	)
	rows = []
	for one in found:
		row = _row(one)
		if purchases:
			row["on_order"] = one.on_order.quantity or None
			row["draft"] = next((name for name in one.on_order.drafts if name in readable), None)
			row["drafted"] = bool(one.on_order.drafts)
			row["supplier"] = one.last and one.last.supplier
		if costs:
			row |= {"last_price": one.last and one.last.unit_price, "amount": _amount(one)}
		rows.append(cells(row))
	return rows


def _row(one: Suggestion) -> dict[str, Any]:
	low = one.low
	ordered = bool(one.on_order.drafts)
	return {
		"item": low.item,
		"item_name": low.item_name,
		"to_do": _("On Order") if ordered else _("Blow") if one.blown_here else _("Buy"),
		"blown_here": one.blown_here,
		"quantity": low.quantity,
		"uom": _(low.uom),
		"reorder_level": low.reorder_level,
		"daily_use": one.use.per_day,
		"days_of_cover": _cover(one),
		"lead_time_days": low.lead_time_days or None,
		"suggested": one.quantity or None,
	}


def _amount(one: Suggestion) -> Decimal | None:
	"""What the suggested quantity comes to at the last price."""
	return value(one.quantity * one.last.unit_price) if one.last and one.quantity else None


def _total(found: Sequence[Suggestion], costs: bool) -> list[dict[str, Any]]:
	"""The last row: the amount, and the quantities where all are of one kind and unit."""
	total: dict[str, Any] = {}
	if len({(one.low.item_type, one.low.uom) for one in found}) == 1:
		total |= {
			"quantity": sum((one.low.quantity for one in found), ZERO),
			"suggested": sum((one.quantity for one in found), ZERO),
		}
	if costs and found:
		total["amount"] = _comes_to(found)
	return [cells({"item_name": _("Total"), "bold": True, **total})] if total else []


def _comes_to(found: Sequence[Suggestion]) -> Decimal:
	return sum((_amount(one) or ZERO for one in found), ZERO)


def _chart(found: Sequence[Suggestion]) -> dict[str, Any] | None:
	"""How long the stock lasts beside how long new goods take, of what is used at all; most urgent first."""
	used = [one for one in found if _cover(one) is not None][:_CHARTED]
	if not used:
		return None
	return chart(
		"bar",
		labels_of([(one.low.item, one.low.item_name) for one in used]),
		{
			_("Days of Cover"): [_cover(one) for one in used],
			_("Lead Time (Days)"): [one.low.lead_time_days for one in used],
		},
		"Float",
		colors=["#2490ef", "#f5a623"],
	)


def _cards(found: Sequence[Suggestion], costs: bool) -> list[dict[str, Any]]:
	out = sum(one.low.out_of_stock for one in found)
	to_buy = [one for one in found if one.quantity and not one.blown_here]
	cards = [
		card(_("Items Running Low"), len(found), "Int", "Orange" if found else "Green"),
		card(_("Out of Stock"), out, "Int", "Red" if out else "Green"),
		card(_("To Buy"), len(to_buy), "Int", "Blue"),
		card(_("On Order"), sum(bool(one.on_order.drafts) for one in found), "Int", "Blue"),
	]
	return [*cards, card(_("Comes To"), _comes_to(found), "Currency", "Blue")] if costs else cards
