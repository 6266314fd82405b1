"""What there is to know about the demo in a terminal: who may log in, and what this month earned."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate

from bottle_mfg.demo.data import CUSTOMER_LOGIN, PASSWORD, USERS
from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.profit_and_loss import Figures, Statement, statement

PORTAL = "/my-bottles"


def text(today: date) -> str:
	"""The logins and the profit and loss from the first of the month to `today`."""
	first = today.replace(day=1)
	currency = frappe.db.get_default("currency") or ""
	return "\n".join(
		[
			_("Logins (password of all: {0})").format(PASSWORD),
			*_logins(),
			"",
			_("Profit and loss, {0} to {1} ({2})").format(formatdate(first), formatdate(today), currency),
			*profit_table(statement(first, today)),
		]
	)


def profit_table(found: Statement) -> list[str]:
	"""The statement as aligned lines: a head, one for each item sold, the total, and what counts made of it."""
	head = [_("Item"), _("Sold"), _("Sales"), _("Cost"), _("Profit"), _("Margin")]
	rows = [
		[found.names.get(code, code), f"{figures.sold_quantity:,.0f}", *_money(figures)]
		for code, figures in found.by_item.items()
		if figures.was_sold
	]
	rows = [head, *rows, [_("Total"), "", *_money(found.total)]]
	widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
	lines = [
		"  ".join([f"  {name:<{widths[0]}}", *map(str.rjust, figures, widths[1:])]) for name, *figures in rows
	]
	rule = "  " + "-" * (len(lines[0]) - 2)
	return [lines[0], rule, *lines[1:-1], rule, lines[-1], *_differences(found.total), *_net_profit(found)]


def _differences(total: Figures) -> list[str]:
	if not total.has_differences:
		return []
	sentence = _(
		"Found in counts {0}, missing {1}, returned purchases {2}: profit after stock differences {3}"
	)
	figures = (total.gained_value, total.lost_value, total.return_difference, total.result)
	return ["", "  " + sentence.format(*(f"{round(amount, 2) + 0:,.2f}" for amount in figures))]


def _net_profit(found: Statement) -> list[str]:
	if found.spent is None or found.net_profit is None:
		return []
	spent = sum(map(sum, found.spent.own.values()), ZERO)
	sentence = _("Expenses {0}: net profit {1}")
	return ["", "  " + sentence.format(f"{spent:,.2f}", f"{round(found.net_profit, 2) + 0:,.2f}")]


def _money(figures: Figures) -> list[str]:
	margin = "-" if figures.margin is None else f"{figures.margin:.2f} %"
	return [f"{amount:,.2f}" for amount in (figures.revenue, figures.cost_of_goods, figures.profit)] + [
		margin
	]


def _logins() -> list[str]:
	who = {email: role for email, (_full_name, role) in USERS.items()}
	who[CUSTOMER_LOGIN] = _("a customer, on the portal: {0}").format(PORTAL)
	width = max(map(len, who))
	return [f"  {email:<{width}}  {role}" for email, role in who.items()]
