"""What the app brings to a site beside its DocTypes, and takes away with it."""

from __future__ import annotations

import frappe
from frappe import _

ROLES = ("Bottle Manager", "Bottle Stock User", "Bottle Sales User", "Bottle Viewer")


def after_install() -> None:
	"""Make the default warehouse, and give the roles access to the Desk."""
	settings = frappe.get_single("Bottle Mfg Settings")
	if settings.default_warehouse:
		return
	warehouse = frappe.get_doc({"doctype": "Bottle Warehouse", "warehouse_name": _("Main Store")})
	warehouse.insert(ignore_if_duplicate=True)
	settings.default_warehouse = warehouse.name
	settings.save()


def before_uninstall() -> None:
	"""Take back the roles: Frappe removes the module's own records, but a role belongs to none."""
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Custom DocPerm", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True)
