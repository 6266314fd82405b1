"""What the timeline of a document keeps of its changes."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from bottle_mfg.controllers.costs import HidesCosts, cost_fields


def leave_out_costs(version: Document, method: str | None = None) -> None:
	"""Keep costs out of a document's history (hook `before_insert` of Version).

	Frappe shows the history to everybody who may read the document, permission levels notwithstanding.
	"""
	if not issubclass(get_controller(version.ref_doctype), HidesCosts):
		return
	hidden = cost_fields(version.ref_doctype)
	changes: dict[str, Any] = frappe.parse_json(version.data)
	changes["changed"] = [one for one in changes.get("changed", []) if one[0] not in hidden]
	changes["row_changed"] = [
		[table, place, name, [one for one in fields if one[0] not in hidden]]
		for table, place, name, fields in changes.get("row_changed", [])
	]
	for kind in ("added", "removed"):
		changes[kind] = [
			[table, {key: one for key, one in row.items() if key not in hidden}]
			for table, row in changes.get(kind, [])
		]
	version.data = frappe.as_json(changes, indent=None)
