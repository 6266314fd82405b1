"""What the Desk knows of the app before it asks for anything."""

from __future__ import annotations

from typing import Any

import frappe

from bottle_mfg.controllers.approval import RULES, SETTINGS, limit_of
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.ours import MODULE
from bottle_mfg.controllers.stock_document import default_blow_cost, default_warehouse
from bottle_mfg.direction import RIGHT_TO_LEFT
from bottle_mfg.floor.offered import listed_machines
from bottle_mfg.glance.workspace import FLOOR
from bottle_mfg.install import ROLES


def extend_bootinfo(bootinfo: Any) -> None:
	"""Add the defaults that forms fill in, and the amounts above which they ask for more.

	The blow cost (currency per preform) is only for who may see costs.
	"""
	bootinfo.bottle_mfg = {
		"doctypes": frappe.get_all("DocType", filters={"module": MODULE}, pluck="name"),
		"default_warehouse": default_warehouse(),
		"warehouses": frappe.db.count("Bottle Warehouse", {"disabled": 0}),
		"machines": listed_machines(),
		"right_to_left": RIGHT_TO_LEFT,
	}
	bootinfo.bottle_mfg["approval"] = {
		"limits": {doctype: float(limit_of(doctype)) for doctype in RULES},
		"amounts": {doctype: rule.amount for doctype, rule in RULES.items()},
		"confirm_above": frappe.get_cached_doc(SETTINGS).confirm_above or 0,
	}
	bootinfo.bottle_mfg["sees_stock_costs"] = may_see_costs("Bottle Stock")
	bootinfo.bottle_mfg["sees_purchase_prices"] = may_see_costs("Bottle Purchase")
	if may_see_costs("Blow"):
		bootinfo.bottle_mfg["blow_cost_per_unit"] = default_blow_cost()
	if not frappe.has_permission("Blow", "create"):
		_leave_out_floor(bootinfo)


def _leave_out_floor(bootinfo: Any) -> None:
	"""Newer releases of Frappe have sidebars, and know no rights to an address in them."""
	for sidebar in (bootinfo.get("workspace_sidebar_item") or {}).values():
		sidebar["items"] = [item for item in sidebar["items"] if item.get("url") != FLOOR]


def may_open() -> bool:
	"""Whether the app stands on the user's screen of apps."""
	return bool(set(frappe.get_roles()) & {*ROLES, "System Manager"})
