"""The points of the charts (Dashboard Chart Sources). Each method answers only those who may run the report that has
the same figures.

Frappe shows "No Data" for an answer without labels; of noughts it would draw an empty frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from bottle_mfg.glance import figures, rights
from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.periods import DAILY, MONTHLY, find, split, ticks

MONTHS, FEWEST_MONTHS = 12, 6
DAYS = 30
MOST = 8
"""How many customers or items have a part of their own."""

Chart = dict[str, Any]


def chart(labels: Iterable[str], series: Mapping[str, Iterable[Any]], route: dict[str, Any]) -> Chart:
	"""What Frappe draws, and where a click on it leads. Nothing, where all points are nought."""
	points = {name: [float(point) for point in values] for name, values in series.items()}
	if not any(map(any, points.values())):
		return {}
	datasets = [{"name": name, "values": values} for name, values in points.items()]
	return {"labels": list(labels), "datasets": datasets, **route}


@frappe.whitelist()
def sales_by_month() -> Chart:
	"""Sales of the last twelve months, and the gross profit beside them for who may know it."""
	rights.require(rights.sales)
	first, last = figures.months(MONTHS)
	if not rights.profit():
		sold = figures.sold_by_month(seen("Bottle Sale"), first, last)
		return _by_month({day: (amount,) for day, amount in sold.items()}, [_("Sales")], rights.SALES)
	earned = figures.profit_by_month(first, last)
	return _by_month(earned, [_("Sales"), _("Gross profit")], rights.PROFIT_AND_LOSS, periodicity=MONTHLY)


def _by_month(
	by_day: Mapping[date, tuple[Decimal, ...]], names: list[str], report: str, **filters: str
) -> Chart:
	"""The months since the first that has any figures, or a few more: a young factory begins on the left."""
	periods = split(*figures.months(MONTHS), MONTHLY)
	found = {find(periods, day): amounts for day, amounts in by_day.items()}
	begun = next((place for place, period in enumerate(periods) if period in found), 0)
	shown = periods[min(begun, MONTHS - FEWEST_MONTHS) :]
	rows = [found.get(period, (ZERO,) * len(names)) for period in shown]
	route = rights.route(report, from_date=shown[0].first, to_date=shown[-1].last, **filters)
	labels = [formatdate(period.first, "MMM") for period in shown]
	return chart(labels, dict(zip(names, zip(*rows, strict=True), strict=True)), route)


@frappe.whitelist()
def output_by_day() -> Chart:
	"""Good bottles of the last thirty days."""
	rights.require(rights.production)
	first, last = figures.days(DAYS)
	found = figures.blown(first, last)
	periods = split(first, last, DAILY)
	points = [found[day.first].good_quantity if day.first in found else ZERO for day in periods]
	return chart(ticks(periods), {_("Good Bottles"): points}, _of_days("Output"))


@frappe.whitelist()
def reject_rate_by_day() -> Chart:
	"""Rejects in percent of the preforms that went in, on those of the last thirty days when any did."""
	rights.require(rights.production)
	found = figures.blown(*figures.days(DAYS))
	rates = [one.reject_rate for one in found.values()]
	labels = [formatdate(day, "d/M") for day in found]
	return chart(labels, {_("Reject Rate"): rates}, _of_days("Reject rate"))


def _of_days(charted: str) -> dict[str, Any]:
	first, last = figures.days(DAYS)
	return rights.route(rights.PRODUCTION, from_date=first, to_date=last, group_by="Day", chart=charted)


@frappe.whitelist()
def stock_value_by_item() -> Chart:
	"""The items that most money lies in, and all others together."""
	rights.require(rights.stock_value)
	values = sorted(figures.stock_values().items(), key=lambda pair: (-pair[1], pair[0]))
	most, others = values[:MOST], values[MOST:]
	names = item_names(code for code, _value in most)
	bars = [(names.get(code, code), value) for code, value in most]
	if others:
		bars.append((_("Others"), sum((value for _code, value in others), ZERO)))
	series = {_("Stock Value"): [value for _name, value in bars]}
	return chart([name for name, _value in bars], series, rights.route(rights.STOCK_BALANCE))


@frappe.whitelist()
def top_customers() -> Chart:
	"""Who bought most in the last thirty days, less what they brought back."""
	rights.require(rights.sales)
	first, last = figures.days(DAYS)
	found = list(figures.sold_by_customer(seen("Bottle Sale"), first, last).items())[:MOST]
	route = rights.route(rights.SALES, from_date=first, to_date=last)
	return chart([name for name, _amount in found], {_("Sales"): [amount for _name, amount in found]}, route)
