"""What there is to know about the demo in a terminal: who may log in, and what this month earned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import formatdate

from bottle_mfg.demo.data import PASSWORD, USERS
from bottle_mfg.reporting.profit_and_loss import MONEY, PERCENT, Line, Statement, statement


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
	"""The statement's totals as aligned lines, items indented."""
	rows = [(("    " if line.item else "") + line.label, amount(line)) for line in found.lines]
	left = max(len(label) for label, _amount in rows)
	right = max(len(figure) for _label, figure in rows)
	return [f"  {label:<{left}}  {figure:>{right}}" for label, figure in rows]


def amount(line: Line) -> str:
	"""The total of a line as it stands in the table."""
	if line.total is None:
		return "-"
	if line.kind == PERCENT:
		return f"{line.total:.2f} %"
	return f"{line.total:,.2f}" if line.kind == MONEY else f"{_short(line.total):,}"


def _logins() -> list[str]:
	width = max(map(len, USERS))
	return [f"  {email:<{width}}  {role}" for email, (_full_name, role) in USERS.items()]


def _short(figure: Decimal) -> Decimal | int:
	return int(figure) if figure == figure.to_integral_value() else figure.normalize()
