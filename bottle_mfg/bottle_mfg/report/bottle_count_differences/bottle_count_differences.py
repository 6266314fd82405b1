"""Bottle Count Differences: what counts found missing or too much, why, where, and who counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.count_differences import Difference, Sums, differences, together
from bottle_mfg.reporting.drill_down import documents
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.periods import MONTHLY, Period, find, split
from bottle_mfg.reporting.stopwatch import stopped_on_error

REASONS = ("Theft", "Damage", "Miscount", "Other")
ITEM, REASON, WAREHOUSE, COUNTER, MONTH, LINE = "Item", "Reason", "Warehouse", "Counter", "Month", "Line"
GROUPS = (ITEM, REASON, WAREHOUSE, COUNTER, MONTH, LINE)
_LISTED_BY = {
	ITEM: "Bottle Stock Count Item.item",
	REASON: "Bottle Stock Count Item.reason",
	WAREHOUSE: "warehouse",
	COUNTER: "owner",
}
_DIFFERS = {"Bottle Stock Count Item.difference": ["!=", 0]}
_CHARTED = 12


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	costs = may_see_costs("Bottle Stock Count")
	reader = FilterReader(filters)
	first, last = reader.dates()
	group = reader.choice("group_by", _("Group By"), GROUPS, ITEM)
	where = {
		"line.item": reader.record("item", "Bottle Item"),
		"line.reason": reader.choice("reason", _("Reason"), ("", *REASONS), "") or None,
		"counted.warehouse": reader.record("warehouse", "Bottle Warehouse"),
		"counted.owner": reader.text("counter", _("Counted By")),
	}
	reader.check()
	found = differences(first, last, where)
	names = item_names({one.item for one in found})
	total = together(found, lambda one: None).get(None, Sums())
	months = split(first, last, MONTHLY)
	if group == LINE:
		rows = [_line(one, names, costs) for one in found]
	else:
		rows = _groups(group, found, names, months, where, costs)
	if rows:
		listed = documents(first, last, _listed(where) | _DIFFERS)
		rows.append(
			{"label": _("Total"), "bold": True, "documents": listed, **_figures(total, costs, group != LINE)}
		)
	return (
		_columns(group, costs),
		[column.cells(row) for row in rows],
		None,
		_chart(group, found, names, months, costs) if rows else None,
		_cards(total, costs),
	)


def _columns(group: str, costs: bool) -> list[column.Column]:
	if group == LINE:
		named = [
			column.text("date", _("Date"), 100, "Date"),
			column.link("count", _("Count"), "Bottle Stock Count", 125),
			column.text("label", _("Item"), 140),
			column.link("warehouse", _("Warehouse"), "Bottle Warehouse", 115),
			column.text("reason", _("Reason"), 85),
			column.text("counter", _("Counted By"), 115),
		]
	else:
		named = [
			column.text("label", _("Counted By") if group == COUNTER else _(group), 200),
			column.count("counts", _("Counts"), 80),
			column.count("lines", _("Differences"), 105),
		]
	columns = [
		*named,
		column.quantity("gained_quantity", _("Too Many"), 85),
		column.quantity("lost_quantity", _("Missing"), 80),
		column.text("uom", _("Unit"), 58),
	]
	if costs:
		columns += [
			column.money("gained_value", _("Gained"), 100),
			column.money("lost_value", _("Lost"), 105),
			column.money("value_difference", _("Difference in Value"), 150),
		]
	return columns


def _line(one: Difference, names: Mapping[str, str], costs: bool) -> dict[str, Any]:
	sums = Sums()
	sums.add(one)
	return {
		"date": str(one.day),
		"count": one.count,
		"item": one.item,
		"label": names.get(one.item, one.item),
		"warehouse": one.warehouse,
		"reason": _(one.reason),
		"counter": _people([one.counter])[one.counter],
		**_figures(sums, costs, grouped=False),
	}


def _groups(
	group: str,
	found: Sequence[Difference],
	names: Mapping[str, str],
	months: list[Period],
	where: Mapping[str, Any],
	costs: bool,
) -> list[dict[str, Any]]:
	"""Months in their order, all else by what is lost most."""
	sums = together(found, _key(group, months))
	order = sorted(sums) if group == MONTH else sorted(sums, key=lambda key: (sums[key].value, str(key)))
	labels = _labels(group, sums, names)
	return [
		{
			"label": labels[key],
			"item": key if group == ITEM else None,
			"documents": _documents(group, key, months, where),
			**_figures(one, costs, grouped=True),
		}
		for key, one in ((key, sums[key]) for key in order)
	]


def _figures(sums: Sums, costs: bool, grouped: bool) -> dict[str, Any]:
	"""Quantities where they have a unit in common; empty cells instead of noughts."""
	one_unit = len(sums.units) == 1
	figures: dict[str, Any] = {
		"gained_quantity": (one_unit and sums.gained_quantity) or None,
		"lost_quantity": (one_unit and sums.lost_quantity) or None,
		"uom": _(next(iter(sums.units))) if one_unit else None,
	}
	if grouped:
		figures |= {"counts": len(sums.counts), "lines": sums.lines}
	if costs:
		figures |= {
			"gained_value": sums.gained_value or None,
			"lost_value": sums.lost_value or None,
			"value_difference": sums.value,
		}
	return figures


def _key(group: str, months: list[Period]) -> Callable[[Difference], Any]:
	return {
		ITEM: lambda one: one.item,
		REASON: lambda one: one.reason,
		WAREHOUSE: lambda one: one.warehouse,
		COUNTER: lambda one: one.counter,
		MONTH: lambda one: find(months, one.day).first,
		LINE: lambda one: find(months, one.day).first,
	}[group]


def _labels(group: str, keys: Iterable[Any], names: Mapping[str, str]) -> dict[Any, str]:
	keys = list(keys)
	if group == COUNTER:
		return _people(keys)
	if group == ITEM:
		return {key: names.get(key, key) for key in keys}
	if group == REASON:
		return {key: _(key) if key else _("Not stated") for key in keys}
	return {key: formatdate(key, "MMM yyyy") if isinstance(key, date) else key for key in keys}


def _people(users: Iterable[str]) -> dict[str, str]:
	return {user: frappe.utils.get_fullname(user) for user in users}


def _listed(where: Mapping[str, Any]) -> dict[str, Any]:
	"""The report's filters as those of the list of counts."""
	columns = {"line": "Bottle Stock Count Item."}
	return {columns.get(name.split(".")[0], "") + name.split(".")[1]: value for name, value in where.items()}


def _documents(group: str, key: Any, months: list[Period], where: Mapping[str, Any]) -> dict[str, Any]:
	if group == MONTH:
		month = next(period for period in months if period.first == key)
		return documents(month.first, month.last, _listed(where) | _DIFFERS)
	narrowed = _listed(where) | _DIFFERS | {_LISTED_BY[group]: key}
	return documents(months[0].first, months[-1].last, narrowed)


def _chart(
	group: str, found: Sequence[Difference], names: Mapping[str, str], months: list[Period], costs: bool
) -> dict[str, Any]:
	"""Gains and losses of the rows, of single differences by month; for who may not see values, how many."""
	sums = together(found, _key(group, months))
	by_month = group in (MONTH, LINE)
	order = sorted(sums) if by_month else sorted(sums, key=lambda key: (sums[key].value, str(key)))
	labels = _labels(group, order, names)
	shown = [sums[key] for key in order[: None if by_month else _CHARTED]]
	lost = [one.lost_value if costs else one.lines - one.gains for one in shown]
	gained = [one.gained_value if costs else one.gains for one in shown]
	return column.chart(
		"bar",
		[labels[key] for key in order[: len(shown)]],
		{_("Lost"): lost, _("Gained"): gained},
		"Currency" if costs else "Int",
		colors=["#e24c4c", "#29cd42"],
	)


def _cards(total: Sums, costs: bool) -> list[dict[str, Any]]:
	cards = [
		column.card(_("Counts with Differences"), len(total.counts), "Int", "Blue"),
		column.card(_("Differences"), total.lines, "Int", "Blue"),
	]
	if costs:
		cards += [
			column.card(_("Gained"), total.gained_value, "Currency", "Green"),
			column.card(_("Lost"), total.lost_value, "Currency", "Red" if total.lost_value else "Green"),
			column.card(
				_("Difference in Value"), total.value, "Currency", "Red" if total.value < 0 else "Green"
			),
		]
	return cards
