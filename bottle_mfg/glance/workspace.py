"""The app's workspace as a user of it sees it (hook `override_whitelisted_methods`)."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

WORKSPACE = "Bottle Mfg"
FLOOR = "/blow"


@frappe.whitelist()
def get_desktop_page(page: str) -> Any:
	"""`frappe.desk.desktop.get_desktop_page`, with the screen of the shop floor, which is not of the Desk.

	Frappe takes no address without a host for a shortcut, and has no rights to it: whoever may enter a blow finds it
	here.
	"""
	named = frappe.parse_json(page)
	ours = isinstance(named, dict) and named.get("name") == WORKSPACE
	found = frappe.call(frappe.get_attr("frappe.desk.desktop.get_desktop_page"), page=page)
	if ours and found and frappe.has_permission("Blow", "create"):
		shortcut = {
			"name": FLOOR,
			"label": _("Shop Floor Screen"),
			"type": "URL",
			"url": FLOOR,
			"color": "Blue",
		}
		found["shortcuts"]["items"].append(shortcut)
	return found
