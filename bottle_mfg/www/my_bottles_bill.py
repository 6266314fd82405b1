"""One bill of a customer, to read and to print."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from bottle_mfg.portal import bills
from bottle_mfg.portal.access import open_page

no_cache = 1


def get_context(context: Any) -> None:
	"""Raises `Redirect` for guests, and `PermissionError` for who is no customer.

	Of a bill that is not his, a customer learns no more than of one that does not exist.
	"""
	customer = open_page(context, _("Bill"))
	name = str(frappe.form_dict.get("name") or "")
	context.bill = bills.bill(customer, name)
	if not context.bill:
		# Kept, the answer would go to whoever asks next, to him whose bill it is, too.
		frappe.local.no_cache = 1
		raise frappe.PageDoesNotExistError
	context.title = context.bill.name
	context.factory = frappe.db.get_single_value("Website Settings", "app_name") or ""
