"""A customer's first page: what he owes, and his bills."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from bottle_mfg.portal import bills
from bottle_mfg.portal.access import open_page

no_cache = 1
_MOST_PAGES = 10_000


def get_context(context: Any) -> None:
	"""Raises `Redirect` for guests and `PermissionError` for who is no customer."""
	customer = open_page(context, _("My Bills"))
	context.page_number = min(max(cint(frappe.form_dict.get("page")), 1), _MOST_PAGES)
	context.owed = bills.owed(customer)
	context.bills, context.more = bills.bills(customer, context.page_number)
