"""What the app takes away from a site: everything that it brought, and what was made for it since."""

from __future__ import annotations

import frappe
from frappe.model.base_document import get_controller

from bottle_mfg import workflows
from bottle_mfg.controllers.ours import MODULE
from bottle_mfg.demo import manifest
from bottle_mfg.demo.removal import remove_users
from bottle_mfg.install import ROLES

_SEQUENCES = ("bottle_ledger_entry_id_seq", "bottle_cost_change_id_seq", "bottle_correction_id_seq")
# What people made for a DocType of ours, by the field that names it. Without the DocType it breaks, or means nothing.
_MADE_FOR = {
	"Assignment Rule": "document_type",
	"Auto Repeat": "reference_doctype",
	"Client Script": "dt",
	"Custom DocPerm": "parent",
	"Custom Field": "dt",
	"Dashboard Chart": "document_type",
	"Data Import": "reference_doctype",
	"Document Naming Rule": "document_type",
	"File": "attached_to_doctype",
	"Kanban Board": "reference_doctype",
	"List Filter": "reference_doctype",
	"List View Settings": "name",
	"Notification": "document_type",
	"Number Card": "document_type",
	"Print Format": "doc_type",
	"Property Setter": "doc_type",
	"Report": "ref_doctype",
	"Server Script": "reference_doctype",
	"User Permission": "allow",
	"Webhook": "webhook_doctype",
	"Workflow": "document_type",
}
# What Frappe noted about our records. These rows have no life of their own.
_NOTED_ABOUT = {
	"Comment": "reference_doctype",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Notification Log": "document_type",
	"Tag Link": "document_type",
	"ToDo": "reference_type",
	"Workflow Action": "reference_doctype",
	"Version": "ref_doctype",
	"View Log": "reference_doctype",
	"__UserSettings": "doctype",
	"__global_search": "doctype",
}


def before_uninstall() -> None:
	"""Take back what Frappe leaves when it removes the module's DocTypes, reports and workspaces."""
	demo = manifest.read()
	if demo:
		remove_users(demo)
		manifest.forget()
	doctypes = frappe.get_all("DocType", filters={"module": MODULE}, pluck="name")
	_remove_counters(doctypes)
	for report in frappe.get_all("Report", filters={"module": MODULE}, pluck="name"):
		_delete("Custom Role", {"report": report})
	for doctype, field in _MADE_FOR.items():
		_delete(doctype, {field: ("in", doctypes)})
	workflows.remove_shared()
	for table, field in _NOTED_ABOUT.items():
		if table.startswith("__") or frappe.db.table_exists(table):
			frappe.db.delete(table, {field: ("in", doctypes)})
	frappe.db.delete("Singles", {"doctype": ("in", doctypes)})
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Custom DocPerm", {"role": role})
		_delete("Role", {"name": role})


def after_uninstall() -> None:
	"""Drop the number sequences, which Frappe leaves behind when it drops their tables."""
	for sequence in _SEQUENCES:
		frappe.db.sql_ddl(f"drop sequence if exists `{sequence}`")


def _delete(doctype: str, filters: dict[str, object]) -> None:
	"""Delete the records for good, with what hangs on them. Not every Frappe has every DocType."""
	if not frappe.db.table_exists(doctype):
		return
	if frappe.get_meta(doctype).has_field("module"):
		# What stands in the module itself is Frappe's to remove; standard reports refuse anyone else.
		filters = {**filters, "module": ("!=", MODULE)}
	for name in frappe.get_all(doctype, filters=filters, pluck="name"):
		# Whoever uninstalls is nobody's session.
		frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, delete_permanently=True)


def _remove_counters(doctypes: list[str]) -> None:
	for doctype in doctypes:
		prefix = getattr(get_controller(doctype), "prefix", None)
		if prefix:
			frappe.db.sql("delete from `tabSeries` where name regexp %s", f"^{prefix}-[0-9]{{6}}-$")
