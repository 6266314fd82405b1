"""Bottle Cost Analysis: what a bottle cost to make, part by part, by bottle and over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.bottle_costs import PARTS, Built, built
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.drill_down import documents
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.periods import (
	DAILY,
	MONTHLY,
	QUARTERLY,
	TOTAL,
	WEEKLY,
	YEARLY,
	Period,
	split,
	ticks,
)
from bottle_mfg.reporting.stopwatch import stopped_on_error

PERIODICITIES = (MONTHLY, WEEKLY, DAILY, QUARTERLY, YEARLY, TOTAL)
PER_BOTTLE, AMOUNTS = "Per bottle", "Amounts"
MOST_PERIODS = 366
_CHARTED = 6

Costs = dict[str, dict[Period, Built]]


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	if not may_see_costs("Blow"):
		raise frappe.PermissionError
	reader = FilterReader(filters)
	first, last = reader.dates()
	periodicity = reader.choice("periodicity", _("Period"), PERIODICITIES, MONTHLY)
	of_one = reader.choice("show", _("Show"), (PER_BOTTLE, AMOUNTS), PER_BOTTLE) == PER_BOTTLE
	where = {
		"to_item": reader.record("bottle", "Bottle Item"),
		"machine": reader.text("machine", _("Machine")),
		"warehouse": reader.record("warehouse", "Bottle Warehouse"),
	}
	reader.check()
	periods = _periods(reader, first, last, periodicity)
	reader.check()
	found = built(periods, periodicity, where)
	names = item_names(found)
	total = _sum(one for of_bottle in found.values() for one in of_bottle.values())
	rows = list(_rows(found, names, of_one, where))
	if rows:
		rows.append(_row("", _("Total"), total, of_one) | {"bold": True, "indent": 0})
	note = _("Rejects: what was spent on the preforms that became no good bottle, and on blowing them.")
	return _columns(of_one, total), rows, note, _chart(periods, found, names) if rows else None, _cards(total)


def _periods(reader: FilterReader, first: date, last: date, periodicity: str) -> list[Period]:
	periods = split(first, last, periodicity)
	if len(periods) > MOST_PERIODS:
		sentence = _("More than {0} periods: choose longer ones").format(MOST_PERIODS)
		reader.fault("periodicity", sentence, "less_than_equal")
	return periods


def _sum(parts: Iterable[Built]) -> Built:
	return sum(parts, Built())


def _rows(
	found: Costs, names: dict[str, str], of_one: bool, where: dict[str, Any]
) -> Iterable[dict[str, Any]]:
	for bottle, of_bottle in found.items():
		whole = _row(bottle, names.get(bottle, bottle), _sum(of_bottle.values()), of_one)
		yield whole | {"bottle": bottle, "bold": True, "indent": 0}
		for period, one in of_bottle.items():
			blows = documents(period.first, period.last, where | {"to_item": bottle})
			row = _row(f"{bottle} {period.key}", period.label, one, of_one)
			yield row | {"bottle": bottle, "indent": 1, "documents": blows}


def _row(line: str, label: str, one: Built, of_one: bool) -> dict[str, Any]:
	parts = one.of_one if of_one else one.parts
	return column.cells(
		{
			"line": line,
			"label": label,
			"runs": one.runs,
			"quantity": one.quantity,
			"good_quantity": one.good_quantity,
			"reject_rate": one.reject_rate,
			**(parts or {}),
			"total_cost": one.total_cost,
			"unit_cost": one.unit_cost,
		}
	)


def _labels() -> dict[str, str]:
	return {
		"preforms": _("Preforms"),
		"rejects": _("Rejects"),
		"materials": _("Caps, Labels …"),
		"blowing": _("Blowing"),
		"by_products": _("By-products"),
	}


def _columns(of_one: bool, total: Built) -> list[column.Column]:
	shown = [part for part in PARTS if part in ("preforms", "blowing", "rejects") or total.parts[part]]
	kind = column.unit_cost if of_one else column.money
	return [
		column.text("label", _("Bottle and Period"), 160),
		column.count("runs", _("Runs"), 66),
		column.quantity("quantity", _("Preforms In"), 98),
		column.quantity("good_quantity", _("Good Bottles"), 110),
		column.percent("reject_rate", _("Reject Rate"), 95),
		*(kind(part, _labels()[part], 126 if part == "materials" else 110) for part in shown),
		*([] if of_one else [column.money("total_cost", _("Total Cost"))]),
		column.unit_cost("unit_cost", _("Cost per Bottle"), 118),
	]


def _chart(periods: list[Period], found: Costs, names: dict[str, str]) -> dict[str, Any]:
	"""Of one bottle its parts over time; of several what each cost, those first on which most was spent."""
	made = [period for period in periods if any(period in of_bottle for of_bottle in found.values())]
	if len(found) == 1:
		(of_bottle,) = found.values()
		parts = [of_bottle[period].of_one or {} for period in made]
		whole = _sum(of_bottle.values()).parts
		series = {
			label: [part.get(name) for part in parts] for name, label in _labels().items() if whole[name]
		}
		colours = dict(zip(PARTS, ("#2490ef", "#e24c4c", "#7c5cff", "#f5a623", "#29cd42"), strict=True))
		return column.chart(
			"bar",
			ticks(made),
			series,
			in_time=True,
			barOptions={"stacked": True},
			colors=[colours[name] for name in PARTS if whole[name]],
		)
	spent = {bottle: _sum(of_bottle.values()).total_cost for bottle, of_bottle in found.items()}
	dearest = sorted(found, key=lambda bottle: (-spent[bottle], bottle))[:_CHARTED]
	courses = {
		bottle: [found[bottle].get(period, Built()).unit_cost for period in made] for bottle in dearest
	}
	# A line has no gaps: what a bottle last cost stands until the next blow; before the first, there is no such cost.
	as_lines = len(made) > 1 and all(course[0] is not None for course in courses.values())
	if as_lines:
		courses = {bottle: _carried_on(course) for bottle, course in courses.items()}
	named = Counter(names.values())
	series = {
		names[bottle] if named[names[bottle]] == 1 else bottle: course for bottle, course in courses.items()
	}
	return column.chart("line" if as_lines else "bar", ticks(made), series, in_time=True)


def _carried_on(course: list[Decimal | None]) -> list[Decimal | None]:
	"""The costs, each until the next one."""
	return [*accumulate(course, lambda last, cost: last if cost is None else cost)]


def _cards(total: Built) -> list[dict[str, Any]]:
	parts = total.of_one or {}
	return [
		column.card(_("Good bottles"), total.good_quantity, "Float", "Green"),
		column.card(_("Cost per bottle"), total.unit_cost or 0, "Currency", "Blue"),
		column.card(_("Of that rejects"), parts.get("rejects") or 0, "Currency", "Orange"),
		column.card(_("Spent on rejects"), total.rejects, "Currency", "Orange"),
	]
