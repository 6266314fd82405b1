"""What the app brings to a site beside its DocTypes."""

from __future__ import annotations

import frappe
from frappe import _

from bottle_mfg import workflows

ROLES = ("Bottle Manager", "Bottle Stock User", "Bottle Sales User", "Bottle Viewer")


def after_install() -> None:
	"""Make the default warehouse, and what every migration makes."""
	settings = frappe.get_single("Bottle Mfg Settings")
	if not settings.default_warehouse:
		warehouse = frappe.get_doc({"doctype": "Bottle Warehouse", "warehouse_name": _("Main Store")})
		warehouse.insert(ignore_if_duplicate=True)
		settings.default_warehouse = warehouse.name
		settings.save()
	after_migrate()


def after_migrate() -> None:
	"""Make what is missing of the records that admins may change."""
	workflows.make()
