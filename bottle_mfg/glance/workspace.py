"""The app's workspace as a user of it sees it (hook `override_whitelisted_methods`)."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from bottle_mfg.glance import onboarding

WORKSPACE = "Bottle Mfg"
MANAGER = "Bottle Manager"
FLOOR = "/blow"


@frappe.whitelist()
def get_desktop_page(page: str) -> Any:
	"""`frappe.desk.desktop.get_desktop_page`, with the first steps as far as they were taken.

	The shop floor's screen is not of the Desk. Frappe takes no address without a host for a shortcut, and has no
	rights to it: whoever may enter a blow finds it here.
	"""
	named = frappe.parse_json(page)
	ours = isinstance(named, dict) and named.get("name") == WORKSPACE
	if ours and MANAGER in frappe.get_roles():
		onboarding.catch_up()
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
