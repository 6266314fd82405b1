"""Rejects had an index without their stage; the index `losses` has taken its place."""

import frappe


def execute() -> None:
	if frappe.db.has_index("tabBlow Reject", "reasons"):
		frappe.db.sql_ddl("alter table `tabBlow Reject` drop index reasons")
