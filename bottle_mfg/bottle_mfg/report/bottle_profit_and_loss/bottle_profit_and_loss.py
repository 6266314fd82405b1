"""Bottle Profit and Loss: what was sold, what it had cost, what was spent beside it, what was earned."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.columns import Column, card, cells, chart, money, percent, text
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.periods import BEFORE, LAST_YEAR, PERIODICITIES, TOTAL, split, ticks
from bottle_mfg.reporting.profit_and_loss import MONEY, QUANTITY, Line, Statement, partial, statement
from bottle_mfg.reporting.stopwatch import stopped_on_error

MOST_PERIODS = 62
NOTHING = "Nothing"
COMPARE = (NOTHING, BEFORE, LAST_YEAR)


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	if not may_see_costs("Bottle Daily Total"):
		raise frappe.PermissionError
	reader = FilterReader(filters)
	first, last = reader.dates()
	periodicity = reader.choice("periodicity", _("Period"), PERIODICITIES, TOTAL)
	compare = reader.choice("compare", _("Compare With"), COMPARE, NOTHING)
	where = {
		"warehouse": reader.record("warehouse", "Bottle Warehouse"),
		"item": reader.record("item", "Bottle Item"),
	}
	reader.check()
	if len(split(first, last, periodicity)) > MOST_PERIODS:
		reader.fault(
			"periodicity",
			_("More than {0} periods: choose longer ones").format(MOST_PERIODS),
			"less_than_equal",
		)
	reader.check()
	found = statement(first, last, periodicity, **where, compare=None if compare == NOTHING else compare)
	return (
		_columns(found),
		[_row(found, line) for line in found.lines] if _says_something(found) else [],
		_message(found, where),
		_chart(found) if found.by_item else None,
		_cards(found),
	)


def _says_something(found: Statement) -> bool:
	spent = found.spent and (found.spent.own or found.spent.covered)
	return bool(found.by_item or spent or any(line.before for line in found.lines))


def _message(found: Statement, where: dict[str, Any]) -> str:
	sentences = [_("The blowing cost is part of what the bottles cost, and counts when they are sold.")]
	if partial(**where):
		sentences.append(
			_(
				"Expenses are of the whole factory: they are left out where only some of its items or warehouses are shown."
			)
		)
	elif found.spent and found.spent.covered:
		sentences.append(
			_("So do the expenses that it covers: they are compared with it, not deducted once more.")
		)
	return " ".join(sentences)


def _columns(found: Statement) -> list[Column]:
	several, wide = len(found.periods) > 1, len(found.periods) > 1 or found.compared
	columns = [text("label", _("Line"), 250 if wide else 400)]
	if several:
		columns += [
			money(period.key, period.label) | {"from_date": str(period.first), "to_date": str(period.last)}
			for period in found.periods
		]
	stretch = {"from_date": str(found.periods[0].first), "to_date": str(found.periods[-1].last)}
	columns.append(money("total", _("Total"), 180) | stretch)
	if found.compared:
		stretch = {"from_date": str(found.compared.first), "to_date": str(found.compared.last)}
		columns += [
			money("before", found.compared.label, 210) | stretch,
			money("change", _("Change"), 140),
			percent("change_percent", _("Change %"), 110),
		]
	return columns


def _row(found: Statement, line: Line) -> dict[str, Any]:
	amounts = {period.key: amount for period, amount in zip(found.periods, line.amounts, strict=True)}
	row = {
		"line": line.name,
		"label": line.label,
		"item": line.item,
		"category": line.category,
		"kind": line.kind,
		"indent": 1 if line.item or line.category else 0,
		"bold": not (line.item or line.category),
		**amounts,
		"total": line.total,
	}
	return cells(row | (_change(line) if found.compared else {}))


def _change(line: Line) -> dict[str, Decimal | None]:
	"""How far the total is above what it is compared with; a margin in points, and not in percent of itself."""
	both = line.total is not None and line.before is not None
	change = line.total - line.before if line.total is not None and line.before is not None else None
	percents = both and line.before and line.kind in (MONEY, QUANTITY)
	return {
		"before": line.before,
		"change": change,
		"change_percent": round(change * 100 / abs(line.before), 2) if percents else None,
	}


def _chart(found: Statement) -> dict[str, Any]:
	figures = [cell for _period, cell in found.points]
	return chart(
		"bar",
		ticks([period for period, _cell in found.points]),
		{
			_("Sales"): [cell.revenue for cell in figures],
			_("Cost of Goods"): [cell.cost_of_goods for cell in figures],
			_("Gross profit"): [cell.profit for cell in figures],
		},
		in_time=True,
		colors=["#2490ef", "#f5a623", "#29cd42"],
	)


def _cards(found: Statement) -> list[dict[str, Any]]:
	total = found.total
	cards = [
		card(_("Sales"), total.revenue, "Currency", "Blue"),
		card(_("Cost of goods sold"), total.cost_of_goods, "Currency", "Orange"),
		card(_("Gross profit"), total.profit, "Currency", "Green" if total.profit >= 0 else "Red"),
		card(_("Margin"), total.margin or 0, "Percent", "Green" if total.profit >= 0 else "Red"),
	]
	if total.has_differences and found.net_profit is None:
		colour = "Green" if total.result >= 0 else "Red"
		cards.append(card(_("Profit after stock differences"), total.result, "Currency", colour))
	if found.net_profit is not None:
		colour = "Green" if found.net_profit >= 0 else "Red"
		cards.append(card(_("Net profit"), found.net_profit, "Currency", colour))
	return cards
