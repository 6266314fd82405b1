"""What the app brings to a site beside its DocTypes."""

from __future__ import annotations

import frappe
from frappe import _

from bottle_mfg import workflows
from bottle_mfg.glance import onboarding

EXPENSES = ("Rent", "Salaries", "Electricity", "Maintenance", "Freight", "Other")
"""The categories of expenses to begin with. Which are covered by the blow cost, the factory says."""

ROLES = ("Bottle Manager", "Bottle Stock User", "Bottle Sales User", "Bottle Viewer")


def after_install() -> None:
	"""Make the default warehouse, and what every migration makes."""
	settings = frappe.get_single("Bottle Mfg Settings")
	if not settings.default_warehouse:
		warehouse = frappe.get_doc({"doctype": "Bottle Warehouse", "warehouse_name": _("Main Store")})
		warehouse.insert(ignore_if_duplicate=True)
		settings.default_warehouse = warehouse.name
		# Frappe fills every Time field of new settings with the present.
		settings.morning_from = settings.evening_from = settings.night_from = None
		settings.save()
	make_categories()
	after_migrate()


def make_categories() -> None:
	"""Make the categories of expenses to begin with. They are the factory's to rename, disable and delete."""
	for name in EXPENSES:
		category = {"doctype": "Bottle Expense Category", "category_name": _(name)}
		frappe.get_doc(category).insert(ignore_if_duplicate=True)


def after_migrate() -> None:
	"""Make what is missing of the records that admins may change, and tick off the first steps that were taken."""
	workflows.make()
	onboarding.catch_up()
