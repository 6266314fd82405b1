"""Who sees which card and which chart: whoever may run the report that has the same figures.

Frappe asks for a DocType at most, and shows everything to admins. Hooks `has_permission` of Number Card and
Dashboard Chart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import frappe

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.payments.access import may_see_amounts

LOW_STOCK = "Bottle Low Stock"
PROFIT_AND_LOSS = "Bottle Profit and Loss"
PRODUCTION = "Bottle Production"
RECEIVABLES = "Bottle Receivables"
SALES = "Bottle Sales by Customer"
STOCK_BALANCE = "Bottle Stock Balance"

Right = Callable[[], bool]


def sales() -> bool:
	"""Whether the user may read sales, if only his own."""
	readable = frappe.has_permission("Bottle Sale", "read") and may_see_amounts("Bottle Sale")
	return bool(readable) and may_run(SALES)


def debts() -> bool:
	"""Whether the user may know what customers owe."""
	return sales() and may_run(RECEIVABLES)


def profit() -> bool:
	"""Whether the user may know what was earned."""
	return may_see_costs("Bottle Daily Total") and may_run(PROFIT_AND_LOSS)


def stock() -> bool:
	"""Whether the user may know what there is."""
	return may_run(STOCK_BALANCE)


def stock_value() -> bool:
	"""Whether the user may know what it is worth."""
	return stock() and may_see_costs("Bottle Stock")


def production() -> bool:
	"""Whether the user may know what was blown."""
	return may_run(PRODUCTION)


def may_run(report: str) -> bool:
	"""Whether the session's user may run a report."""
	doc = frappe.get_cached_doc("Report", report)
	return bool(doc.is_permitted() and frappe.has_permission(doc.ref_doctype, "read"))


OF_CARDS: dict[str, Right] = {
	"Bottle Stock Value": stock_value,
	"Bottle Sales Today": sales,
	"Bottle Sales This Month": sales,
	"Bottle Gross Profit This Month": profit,
	"Bottle Overdue": debts,
	"Bottle Items Low": stock,
	"Bottles Blown Today": production,
	"Bottle Reject Rate": production,
}
OF_CHARTS: dict[str, Right] = {
	"Bottle Sales by Month": sales,
	"Bottle Output by Day": production,
	"Bottle Reject Rate by Day": production,
	"Bottle Stock Value by Item": stock_value,
	"Bottle Top Customers": sales,
}


def route(report: str, **filters: Any) -> dict[str, Any]:
	"""Where a click on a figure leads: to the report that has it."""
	options = {name: str(value) if isinstance(value, date) else value for name, value in filters.items()}
	return {"route": ["query-report", report], "route_options": options}


def require(right: Right) -> None:
	"""Raise `PermissionError` where the session's user lacks the right."""
	if not right():
		raise frappe.PermissionError


def of_card(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
	"""Whether a number card is shown to the session's user."""
	return _shown(OF_CARDS, doc, ptype, user)


def of_chart(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
	"""Whether a chart is shown to the session's user."""
	return _shown(OF_CHARTS, doc, ptype, user)


def _shown(rights: dict[str, Right], doc: Any, ptype: str | None, user: str | None) -> bool:
	right = rights.get(doc.name)
	if right and user in (None, frappe.session.user) and not right():
		return False
	return _as_others_say(doc, ptype, user)


def _as_others_say(doc: Any, ptype: str | None, user: str | None) -> bool:
	"""The word of Frappe and of other apps: of several hooks, Frappe 15 believes the last that answers at all."""
	hooks = frappe.get_hooks("has_permission").get(doc.doctype, [])
	for method in reversed([hook for hook in hooks if not hook.startswith(f"{__name__}.")]):
		said = frappe.call(frappe.get_attr(method), doc=doc, ptype=ptype, user=user)
		if said is not None:
			return bool(said)
	return True
