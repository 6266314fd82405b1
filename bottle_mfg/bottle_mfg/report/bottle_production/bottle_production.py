"""Bottle Production: what the machines made, what was lost and why, and what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.periods import DAILY, MONTHLY, WEEKLY, Period, find, split, ticks
from bottle_mfg.reporting.production import Made, made
from bottle_mfg.reporting.stopwatch import stopped_on_error

SHIFTS = ("Morning", "Evening", "Night")
OUTPUT, REJECT_RATE = "Output", "Reject rate"
_PERIODS = {"Day": DAILY, "Week": WEEKLY, "Month": MONTHLY}
GROUPS = (*_PERIODS, "Bottle", "Preform", "Machine", "Shift", "Operator")
_LINKED = ("Bottle", "Preform")
_DAYS_CHARTED_DAILY, _DAYS_CHARTED_WEEKLY = 31, 366


@stopped_on_error
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	costs = may_see_costs("Blow")
	reader = FilterReader(filters)
	first, last = reader.dates()
	group = reader.choice("group_by", _("Group By"), GROUPS, "Day")
	charted = reader.choice("chart", _("Chart"), (OUTPUT, REJECT_RATE), OUTPUT)
	where = {
		"to_item": reader.record("bottle", "Bottle Item"),
		"from_item": reader.record("preform", "Bottle Item"),
		"machine": reader.text("machine", _("Machine")),
		"shift": reader.choice("shift", _("Shift"), ("", *SHIFTS), "") or None,
		"operator": reader.text("operator", _("Operator")),
		"warehouse": reader.record("warehouse", "Bottle Warehouse"),
	}
	reader.check()
	days = made(first, last, "Day", where, reasons=group in _PERIODS)
	if group in _PERIODS:
		groups = [(period.label, None, one) for period, one in _by_period(days, first, last, _PERIODS[group])]
	else:
		groups = _labelled(made(first, last, group, where), group)
	total = Made()
	for _label, _item, one in groups:
		total.add(one)
	reasons = sorted(total.reasons, key=lambda reason: (-total.reasons[reason], reason))
	rows = [_row(*one, reasons, costs) for one in groups]
	if rows:
		rows.append(_row(_("Total"), None, total, reasons, costs) | {"bold": True})
	return (
		_columns(group, reasons, total, costs),
		rows,
		None,
		_chart(days, first, last, charted) if rows else None,
		_cards(total, costs),
	)


def _by_period(
	days: Mapping[date, Made], first: date, last: date, periodicity: str
) -> list[tuple[Period, Made]]:
	"""Days put together; periods without a run are left out."""
	periods = split(first, last, periodicity)
	found: dict[Period, Made] = {}
	for day, one in days.items():
		found.setdefault(find(periods, day), Made()).add(one)
	return list(found.items())


def _labelled(groups: Mapping[str, Made], group: str) -> list[tuple[str, str | None, Made]]:
	"""(label, item code, figures). Spellings that differ in case or by spaces at the ends are one."""
	if group in _LINKED:
		names = item_names(groups)
		return [(names.get(code, code), code, one) for code, one in groups.items()]
	found: dict[str, tuple[str, None, Made]] = {}
	for key, one in groups.items():
		label = key.strip() or _("Not stated")
		found.setdefault(key.strip().casefold(), (label, None, Made()))[2].add(one)
	return list(found.values())


def _columns(group: str, reasons: list[str], total: Made, costs: bool) -> list[column.Column]:
	columns = [
		column.text("label", _(group), 130),
		column.text("runs", _("Runs"), 70, "Int"),
		column.quantity("quantity", _("Preforms In")),
		column.quantity("good_quantity", _("Good Bottles")),
		column.quantity("reject_quantity", _("Rejects"), 90),
		column.percent("reject_rate", _("Reject Rate"), 105),
	]
	if costs:
		columns += [
			column.money("material_cost", _("Material Cost")),
			column.money("conversion_cost", _("Blowing Cost")),
			*([column.money("scrap_credit", _("By-products"))] if total.scrap_credit else []),
			column.money("total_cost", _("Total Cost")),
			column.unit_cost("unit_cost", _("Cost per Bottle"), 135),
		]
	columns += [column.quantity(_field(reason), _(reason), 140) for reason in reasons]
	if total.without_reason:
		columns.append(column.quantity("without_reason", _("No Reason Given"), 140))
	return columns


def _row(label: str, item: str | None, one: Made, reasons: list[str], costs: bool) -> dict[str, Any]:
	row = {
		"label": label,
		"item": item,
		"runs": one.runs,
		"quantity": one.quantity,
		"good_quantity": one.good_quantity,
		"reject_quantity": one.reject_quantity,
		"reject_rate": one.reject_rate,
		"without_reason": one.without_reason,
		**{_field(reason): one.reasons.get(reason) for reason in reasons},
	}
	if costs:
		row |= {
			"material_cost": one.material_cost,
			"conversion_cost": one.conversion_cost,
			"scrap_credit": -one.scrap_credit,
			"total_cost": one.total_cost,
			"unit_cost": one.unit_cost,
		}
	return column.cells(row)


def _field(reason: str) -> str:
	return "reason_" + "".join(letter if letter.isalnum() else "_" for letter in reason.lower())


def _chart(days: Mapping[date, Made], first: date, last: date, charted: str) -> dict[str, Any]:
	"""Over time, whatever the rows are grouped by: by day, week or month, as the stretch is long."""
	span = (last - first).days
	by = DAILY if span < _DAYS_CHARTED_DAILY else WEEKLY if span < _DAYS_CHARTED_WEEKLY else MONTHLY
	points = _by_period(days, first, last, by)
	labels = ticks([period for period, _one in points])
	if charted == REJECT_RATE:
		rates = {_("Reject Rate %"): [one.reject_rate for _period, one in points]}
		return column.chart("line", labels, rates, "Percent", colors=["#e24c4c"])
	return column.chart(
		"bar",
		labels,
		{
			_("Good Bottles"): [one.good_quantity for _period, one in points],
			_("Rejects"): [one.reject_quantity for _period, one in points],
		},
		"Float",
		barOptions={"stacked": True},
		colors=["#2490ef", "#e24c4c"],
	)


def _cards(total: Made, costs: bool) -> list[dict[str, Any]]:
	cards = [
		column.card(_("Good Bottles"), total.good_quantity, "Float", "Green"),
		column.card(_("Rejects"), total.reject_quantity, "Float", "Orange"),
		column.card(_("Reject Rate"), total.reject_rate, "Percent", "Orange"),
	]
	if costs:
		cards.append(column.card(_("Cost per Bottle"), total.unit_cost, "Currency", "Blue"))
	return cards
