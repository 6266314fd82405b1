"""Telling this app's DocTypes from others."""

from __future__ import annotations

from typing import Any

import frappe

MODULE = "Bottle Mfg"


def is_ours(doctype: Any) -> bool:
	"""Whether this is the name of a DocType of this app."""
	if not doctype or not isinstance(doctype, str):
		return False
	try:
		return frappe.get_meta(doctype).module == MODULE
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return False
