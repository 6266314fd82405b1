"""What lists give away: rows of other people's sales, and costs through filters and the order of rows.

Frappe leaves hidden fields out of the columns of a list, but filters and sorts by them, which tells their
values as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe import _
from frappe.permissions import get_role_permissions

from bottle_mfg.controllers.costs import cost_fields, may_see_costs

_WORD = re.compile(r"\w+")


def _no_costs(doctype: str) -> Callable[[str | None], str]:
	"""A condition for the lists of a DocType (hook `permission_query_conditions`) that adds none.

	It raises `PermissionError` where the request filters or sorts by costs that its user may not see.
	"""

	def condition(user: str | None = None) -> str:
		if not may_see_costs(doctype, user):
			named = cost_fields(doctype) & set(_asked())
			if named:
				sentence = _("You are not permitted to filter or sort by {0}.")
				frappe.throw(sentence.format(", ".join(sorted(named))), frappe.PermissionError)
		return ""

	return condition


blow = _no_costs("Blow")
purchase = _no_costs("Bottle Purchase")
sale = _no_costs("Bottle Sale")
stock_count = _no_costs("Bottle Stock Count")
stock_transfer = _no_costs("Bottle Stock Transfer")
stock = _no_costs("Bottle Stock")
ledger_entry = _no_costs("Bottle Ledger Entry")
daily_total = _no_costs("Bottle Daily Total")
cost_change = _no_costs("Bottle Cost Change")


def sale_item(user: str | None = None) -> str:
	"""The lines of a sale are listed to whom the sale is."""
	sale(user)
	if "read" not in get_role_permissions("Bottle Sale", user=user)["if_owner"]:
		return ""
	owner = frappe.db.escape(user or frappe.session.user, percent=False)
	return f"`tabBottle Sale Item`.parent in (select name from `tabBottle Sale` where owner = {owner})"


def purchase_item(user: str | None = None) -> str:
	"""The lines of a purchase have its costs."""
	return purchase(user)


def blow_material(user: str | None = None) -> str:
	"""The lines of a blow say what by-products are worth."""
	return blow(user)


def stock_count_item(user: str | None = None) -> str:
	"""The lines of a count have its costs."""
	return stock_count(user)


def stock_transfer_item(user: str | None = None) -> str:
	"""The lines of a transfer have its costs."""
	return stock_transfer(user)


def _asked() -> Iterator[str]:
	"""The field names that the request filters, groups or sorts by."""
	form = frappe.local.form_dict
	for key in ("order_by", "group_by", "searchfield"):
		yield from _WORD.findall(str(form.get(key) or ""))
	for key in ("filters", "or_filters", "current_filters"):
		filters = form.get(key)
		if isinstance(filters, str) and filters[:1] in ("[", "{"):
			filters = frappe.parse_json(filters)
		yield from _filtered(filters)


def _filtered(filters: Any) -> Iterator[str]:
	"""The words in the places of a filter where field names stand: the keys of a dict, the first two of a list."""
	if isinstance(filters, dict):
		for name in filters:
			yield from _WORD.findall(name)
	elif isinstance(filters, list):
		for one in filters:
			if isinstance(one, dict | list):
				yield from _filtered(one)
		for one in filters[:2]:
			if isinstance(one, str):
				yield from _WORD.findall(one)
