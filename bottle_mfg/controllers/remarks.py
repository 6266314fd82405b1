"""What people hang on our documents: comments, likes, assignments, tags (hook `doc_events`).

Frappe writes them into columns of the document, without asking the document.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.base_document import get_controller

from bottle_mfg.controllers.costs import HidesCosts, may_see_costs
from bottle_mfg.controllers.ledger_document import LedgerDocument
from bottle_mfg.controllers.ours import is_ours

_OF = {
	"Comment": ("reference_doctype", "reference_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Tag Link": ("document_type", "document_name"),
}
"""The fields that say what a remark is about."""


def check(remark: Any, method: str | None = None) -> None:
	"""Raise `PermissionError` for a remark on the ledger, or on a document that its author may not read."""
	check_about(*(remark.get(field) for field in _OF[remark.doctype]))


def check_about(doctype: Any, name: Any) -> None:
	"""Raise `PermissionError` where the user may hang nothing on a document of ours."""
	if not name or not is_ours(doctype):
		return
	if issubclass(get_controller(doctype), LedgerDocument):
		sentence = _("{0} is written by submitted documents only.")
		frappe.throw(sentence.format(_(doctype)), frappe.PermissionError)
	if not frappe.has_permission(doctype, doc=name):
		frappe.throw(_("You are not permitted to read {0}.").format(name), frappe.PermissionError)


def unfollow(follow: Any, method: str | None = None) -> None:
	"""End at once that somebody follows what he may not see the costs of: Frappe would mail him every change."""
	doctype = follow.ref_doctype
	if (
		is_ours(doctype)
		and issubclass(get_controller(doctype), HidesCosts)
		and not may_see_costs(doctype, follow.user)
	):
		follow.delete(ignore_permissions=True)  # Frappe lets nobody else delete what it made itself
