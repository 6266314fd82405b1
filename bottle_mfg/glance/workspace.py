"""The app's workspace as a user of it sees it (hook `override_whitelisted_methods`)."""

from __future__ import annotations

from typing import Any

import frappe

from bottle_mfg.glance import onboarding

WORKSPACE = "Bottle Mfg"
MANAGER = "Bottle Manager"
FLOOR = "/blow"


@frappe.whitelist()
def get_desktop_page(page: str) -> Any:
	"""`frappe.desk.desktop.get_desktop_page`, which knows no rights to addresses outside of the Desk."""
	named = frappe.parse_json(page)
	ours = isinstance(named, dict) and named.get("name") == WORKSPACE
	if ours and MANAGER in frappe.get_roles():
		onboarding.catch_up()
	found = frappe.call(frappe.get_attr("frappe.desk.desktop.get_desktop_page"), page=page)
	if ours and found and not frappe.has_permission("Blow", "create"):
		shortcuts = found["shortcuts"]
		shortcuts["items"] = [one for one in shortcuts["items"] if one.get("url") != FLOOR]
	return found
