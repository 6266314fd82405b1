"""Frappe's Workflows for documents that may need approval: made for admins to change, on where a limit is set."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import frappe

from bottle_mfg.controllers.approval import CANCELLED, CONFIRMED, DRAFT, MANAGER, PENDING, RULES, STATE

STATES = ((DRAFT, 0, ""), (PENDING, 0, "Warning"), (CONFIRMED, 1, "Success"), (CANCELLED, 2, "Danger"))
REQUEST, SUBMIT, APPROVE, REJECT = ACTIONS = ("Request Approval", "Submit", "Approve", "Reject")


def name_of(doctype: str) -> str:
	"""The name of the Workflow that the app brings for a DocType."""
	return f"{doctype} Approval" if doctype.startswith("Bottle") else f"Bottle {doctype} Approval"


def make() -> None:
	"""Make those that are missing, switched off. One that is there is left as its admin has made it."""
	for state, _docstatus, style in STATES:
		_make_if_missing("Workflow State", "workflow_state_name", state, style=style)
	for action in ACTIONS:
		_make_if_missing("Workflow Action Master", "workflow_action_name", action)
	for doctype in RULES:
		if not frappe.db.exists("Workflow", name_of(doctype)):
			_workflow(doctype).insert(ignore_permissions=True)  # who installs or migrates is nobody's session


def remove_shared() -> None:
	"""Take away the states and actions that no Workflow uses any more. Our Workflows have to be gone by then."""
	for doctype, child, field, names in (
		("Workflow State", "Workflow Document State", "state", [state for state, *_rest in STATES]),
		("Workflow Action Master", "Workflow Transition", "action", ACTIONS),
	):
		used = frappe.get_all(child, filters={field: ("in", names)}, pluck=field)
		for name in set(names) - set(used):
			if frappe.db.exists(doctype, name):
				# Whoever uninstalls is nobody's session.
				frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, delete_permanently=True)


def switch(doctypes: Collection[str], on: bool) -> None:
	"""Turn the Workflows that the app brought for some DocTypes on or off; on only where no other one is."""
	for doctype in doctypes:
		name = name_of(doctype)
		other = on and frappe.db.exists("Workflow", {"document_type": doctype, "is_active": 1})
		if other or not frappe.db.exists("Workflow", name):
			continue
		workflow = frappe.get_doc("Workflow", name)
		if bool(workflow.is_active) != on:
			workflow.is_active = int(on)
			# Who may set a limit decides this with it, though Workflows are a System Manager's otherwise.
			workflow.save(ignore_permissions=True)


def _make_if_missing(doctype: str, key: str, name: str, **values: Any) -> None:
	if not frappe.db.exists(doctype, name):
		record = frappe.get_doc({"doctype": doctype, key: name, **values})
		record.insert(ignore_permissions=True)  # who installs or migrates is nobody's session


def _workflow(doctype: str) -> Any:
	rows = [row for row in frappe.get_meta(doctype).permissions if row.permlevel == 0 and row.create]
	needed, small = "doc.needs_approval", "not doc.needs_approval"
	steps = [
		*((DRAFT, REQUEST, PENDING, row.role, 1, needed) for row in rows),
		*((DRAFT, SUBMIT, CONFIRMED, row.role, 1, small) for row in rows if row.submit),
		(PENDING, APPROVE, CONFIRMED, MANAGER, 0, ""),
		(PENDING, REJECT, DRAFT, MANAGER, 1, ""),
	]
	named = ("state", "action", "next_state", "allowed", "allow_self_approval", "condition")
	return frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": name_of(doctype),
			"document_type": doctype,
			"workflow_state_field": STATE,
			"is_active": 0,
			"send_email_alert": 0,
			# "All" leaves to the roles' permissions who may change a document.
			"states": [
				{"state": state, "doc_status": str(docstatus), "allow_edit": "All"}
				for state, docstatus, _style in STATES
			],
			"transitions": [dict(zip(named, step, strict=True)) for step in steps],
		}
	)
