"""What lists give away: rows of other people's sales, and costs through filters and the order of rows.

Frappe leaves hidden fields out of the columns of a list, but filters and sorts by them, which tells their
values as well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_role_permissions

from bottle_mfg.controllers.costs import cost_fields, may_see_costs

_WORD = re.compile(r"\w+")
_COLUMN = re.compile(r"\s*(`?tab[\w ]+`?\.|\w+\.)?`?\w+`?(\s+as\s+[`'\"]?\w+[`'\"]?)?\s*", re.IGNORECASE)
"""A column by its name, perhaps with another heading. Frappe leaves out those that the user may not see."""
_FUNCTION = re.compile(r"(\w*)\s*\(")
_HARMLESS = {"avg", "count", "ifnull", "locate", "max", "min", "nullif", "sum"}
"""What Frappe's own searches, counts and charts order by."""
_NEAR = 8
"""So many calls lie, at most, between a list and the condition that it asks for."""


def _no_costs(doctype: str) -> Callable[[str | None], str]:
	"""A condition for the lists of a DocType (hook `permission_query_conditions`) that adds none.

	It raises `PermissionError` where the list filters or sorts by costs that its user may not see, and takes them
	out of its columns.
	"""

	def condition(user: str | None = None) -> str:
		plain(user)
		if not may_see_costs(doctype, user):
			hidden, query = cost_fields(doctype), _list_being_made()
			refuse(hidden & {*_asked(frappe.local.form_dict), *_asked(vars(query) if query else {})})
			if not getattr(query, "as_list", True):
				_leave_out(query, hidden)
		return ""

	return condition


def plain(user: str | None = None) -> str:
	"""A condition for lists without costs (hook) that adds none.

	It raises `DataError` for an order or a group that reckons: Frappe lets most of SQL through there.
	"""
	query = _list_being_made()
	for order in (getattr(query, "order_by", None), getattr(query, "group_by", None)):
		text = str(order or "").lower()
		functions = set(_FUNCTION.findall(text))
		if functions - _HARMLESS or {"select", "case"} & set(_WORD.findall(text)):
			frappe.throw(_("A list is ordered and grouped by its fields alone."), frappe.DataError)
	return ""


def refuse(named: Collection[str]) -> None:
	"""Raise `PermissionError` where a user asks by fields that he may not see; of none there is nothing to say."""
	if named:
		sentence = _("You are not permitted to filter or sort by {0}.")
		frappe.throw(sentence.format(", ".join(sorted(named))), frappe.PermissionError)


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


def _leave_out(query: DatabaseQuery, hidden: Collection[str]) -> None:
	"""Frappe does it as well, but passes over the second of two that follow each other, and may leave none."""
	kept = [field for field in query.fields if not _COLUMN.fullmatch(field) or _column(field) not in hidden]
	query.fields = kept or ["name"]


def _column(field: str) -> str:
	"""The name of the column in `tabBottle Sale`.`profit` as p."""
	return _WORD.findall(re.split(r"\s+as\s+", field, flags=re.IGNORECASE)[0])[-1]


def _asked(asked: Mapping[str, Any]) -> Iterator[str]:
	"""The field names that a request or a list filters, groups, sorts or reckons by."""
	for key in ("order_by", "group_by", "searchfield"):
		yield from _WORD.findall(str(asked.get(key) or ""))
	for key in ("filters", "or_filters", "current_filters"):
		yield from words_of(asked.get(key))
	fields = _parsed(asked.get("fields"))
	for field in fields if isinstance(fields, list | tuple) else [fields]:
		if isinstance(field, str) and not _COLUMN.fullmatch(field):
			yield from _WORD.findall(field)


def _list_being_made() -> DatabaseQuery | None:
	"""The list that asks for the condition.

	Frappe tells the hook its user alone. What the list asks for need not stand in the request: a saved report, a
	number card or a chart has filters of its own. Lists of Frappe's newer query engine are known by the request.
	"""
	frame = sys._getframe()
	for _call in range(_NEAR):
		if frame.f_back is None:
			return None
		frame = frame.f_back
		found = frame.f_locals.get("self")
		if isinstance(found, DatabaseQuery):
			return found
	return None


def _parsed(value: Any) -> Any:
	return frappe.parse_json(value) if isinstance(value, str) and value[:1] in ("[", "{") else value


def words_of(filters: Any) -> Iterator[str]:
	"""The words in the places of filters where field names stand: the keys of a dict, the first two of a list."""
	filters = _parsed(filters)
	if isinstance(filters, dict):
		for name in filters:
			yield from _WORD.findall(name)
	elif isinstance(filters, list | tuple) and any(isinstance(one, str) for one in filters[:1]):
		for one in filters[:2]:
			if isinstance(one, str):
				yield from _WORD.findall(one)
	elif isinstance(filters, list | tuple):
		for one in filters:
			yield from words_of(one)
