"""Bottle Production: what the machines made and what it cost; what was rejected, why, and what that had cost."""

from __future__ import annotations

from typing import Any

from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting import production_charts, production_table, reject_table
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.production import Made, Wanted, losses, made
from bottle_mfg.reporting.stopwatch import stopped_on_error

SHIFTS = ("Morning", "Evening", "Night")
OUTPUT, REJECT_RATE, PARETO = "Output", "Reject rate", "Reject reasons"


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	costs = may_see_costs("Blow")
	reader = FilterReader(filters)
	groups = (*production_table.GROUPS, *reject_table.GROUPS)
	group = reader.choice("group_by", _("Group By"), groups, "Day")
	of_rejects = group in reject_table.GROUPS
	charted = reader.choice(
		"chart", _("Chart"), (OUTPUT, REJECT_RATE, PARETO), PARETO if of_rejects else OUTPUT
	)
	wanted = _wanted(reader)
	reader.check()
	by_day = group in production_table.PERIODS
	days = made(wanted, "Day", reasons=False)
	total = Made()
	for one in days.values():
		total.add(one)
	lost = losses(wanted) if of_rejects or charted == PARETO else []
	if of_rejects:
		columns, rows = reject_table.table(group, lost, total, wanted, costs)
	else:
		found = days if by_day else made(wanted, group)
		columns, rows = production_table.table(group, found, wanted, costs)
	if charted == PARETO:
		chart = production_charts.pareto(lost, total)
	elif charted == REJECT_RATE:
		chart = production_charts.reject_rate(days, wanted)
	else:
		chart = production_charts.output(days, wanted)
	return columns, rows, None, chart if rows else None, _cards(total, costs)


def _wanted(reader: FilterReader) -> Wanted:
	first, last = reader.dates()
	return Wanted(
		first,
		last,
		{
			"to_item": reader.record("bottle", "Bottle Item"),
			"from_item": reader.record("preform", "Bottle Item"),
			"machine": reader.text("machine", _("Machine")),
			"shift": reader.choice("shift", _("Shift"), ("", *SHIFTS), "") or None,
			"operator": reader.text("operator", _("Operator")),
			"warehouse": reader.record("warehouse", "Bottle Warehouse"),
		},
	)


def _cards(total: Made, costs: bool) -> list[dict[str, Any]]:
	cards = [
		column.card(_("Good Bottles"), total.good_quantity, "Float", "Green"),
		column.card(_("Rejects"), total.reject_quantity, "Float", "Orange"),
		column.card(_("Reject Rate"), total.reject_rate, "Percent", "Orange"),
	]
	if costs:
		cards.append(column.card(_("Cost per Bottle"), total.unit_cost, "Currency", "Blue"))
		cards.append(column.card(_("Cost of Rejects"), total.reject_cost, "Currency", "Orange"))
	return cards
