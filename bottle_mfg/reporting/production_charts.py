"""The charts of the production report: output and reject rate over time, rejects by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from frappe import _

from bottle_mfg.reporting.columns import chart
from bottle_mfg.reporting.periods import DAILY, MONTHLY, WEEKLY, Period, ticks
from bottle_mfg.reporting.production import Loss, Made, Wanted
from bottle_mfg.reporting.production_table import together
from bottle_mfg.reporting.rejects import REASON, shares

BLUE, RED = "#2490ef", "#e24c4c"
_DAYS_CHARTED_DAILY, _DAYS_CHARTED_WEEKLY = 31, 366


def output(days: Mapping[date, Made], wanted: Wanted) -> dict[str, Any]:
	"""Good bottles and rejects over time."""
	points = _points(days, wanted)
	return chart(
		"bar",
		ticks([period for period, _one in points]),
		{
			_("Good Bottles"): [one.good_quantity for _period, one in points],
			_("Rejects"): [one.reject_quantity for _period, one in points],
		},
		"Float",
		in_time=True,
		barOptions={"stacked": True},
		colors=[BLUE, RED],
	)


def reject_rate(days: Mapping[date, Made], wanted: Wanted) -> dict[str, Any]:
	"""Rejects in percent of what went in, over time."""
	points = _points(days, wanted)
	rates = {_("Reject Rate %"): [one.reject_rate for _period, one in points]}
	return chart(
		"line", ticks([period for period, _one in points]), rates, "Percent", in_time=True, colors=[RED]
	)


def pareto(lost: Sequence[Loss], total: Made) -> dict[str, Any]:
	"""The reasons by quantity, as bars, and what they come to with all larger ones, as a line: both in percent."""
	found = shares(lost, total, REASON)
	drawn = chart(
		"axis-mixed",
		[_(share.name) if share.name else _("No Reason Given") for share in found],
		{
			_("% of all rejects"): [share.percent for share in found],
			_("Added up %"): [share.cumulative for share in found],
		},
		"Percent",
		colors=[RED, BLUE],
	)
	for series, kind in zip(drawn["data"]["datasets"], ("bar", "line"), strict=True):
		series["chartType"] = kind
	return drawn


def _points(days: Mapping[date, Made], wanted: Wanted) -> list[tuple[Period, Made]]:
	"""By day, week or month, as the stretch is long."""
	span = (wanted.last - wanted.first).days
	by = DAILY if span < _DAYS_CHARTED_DAILY else WEEKLY if span < _DAYS_CHARTED_WEEKLY else MONTHLY
	return together(days, wanted, by)
