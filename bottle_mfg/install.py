"""What the app brings to a site beside its DocTypes."""

from __future__ import annotations

import frappe
from frappe import _

ROLES = ("Bottle Manager", "Bottle Stock User", "Bottle Sales User", "Bottle Viewer")


def after_install() -> None:
	"""Make the default warehouse."""
	settings = frappe.get_single("Bottle Mfg Settings")
	if settings.default_warehouse:
		return
	warehouse = frappe.get_doc({"doctype": "Bottle Warehouse", "warehouse_name": _("Main Store")})
	warehouse.insert(ignore_if_duplicate=True)
	settings.default_warehouse = warehouse.name
	settings.save()
