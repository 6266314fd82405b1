"""Asking for an approval, giving it and refusing it. Clients call these as methods of `bottle_mfg.api.v1`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions
from frappe.utils import strip_html
from frappe.utils.user import get_users_with_role

from bottle_mfg.api.arguments import refuse, require_read, require_record, text, truth
from bottle_mfg.api.types import Approval
from bottle_mfg.controllers.approval import DRAFT, PENDING, RULES, active_workflow, approver_roles
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.errors import NothingToApproveError, throw

MOST_TEXT = 1000
"""Characters of a reason."""


@frappe.whitelist(methods=["POST"])
def request_approval(doctype: str | None = None, name: str | None = None) -> Approval:
	"""Ask those who may for the approval of a draft that is above its limit, and tell them so.

	Args:
	    doctype: the DocType of the document
	    name: the name of the document

	Returns:
	    How it stands with the approval.

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for who may not change the draft
	    `NothingToApproveError`: 409, for what is no draft or not above its limit
	"""
	doc = _draft(doctype, name)
	doc.check_permission("write")
	_refuse_small(doc)
	if not doc.approved_by:
		_move(
			doc,
			PENDING,
			lambda state, _first: str(state.doc_status) == "0" and state.state != doc.workflow_state,
		)
		doc.add_comment("Workflow", _("Approval requested"))
		_tell_approvers(doc)
	return _answer(doc)


@frappe.whitelist(methods=["POST"])
def approve(
	doctype: str | None = None,
	name: str | None = None,
	modified: str | None = None,
	submit: bool = False,
) -> Approval:
	"""Approve what a draft says. Any change of it voids the approval.

	Args:
	    doctype: the DocType of the document
	    name: the name of the document
	    modified: approve only what has this time stamp
	    submit: true submits it in the same go; else whoever may submits it later

	Returns:
	    How it stands with the approval.

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for who may not approve
	    `OwnApprovalError`: 403, for who entered something of the draft himself
	    `NothingToApproveError`: 409, for what is no draft or not above its limit
	    `ChangedMeanwhileError`: 409
	    `InsufficientStockError`: 400, where it is submitted
	    `BusyError`: 503
	"""
	doc = _draft(doctype, name)
	_require_approver(doc)
	_refuse_small(doc)
	doc.refuse_own_approval()
	if modified:
		doc.modified = text("modified", modified)
	if truth("submit", submit):
		doc.flags.approves = doc.content()
		doc.submit()
	elif not doc.approved_by or doc.approval_amount() > stored(doc.approved_amount):
		doc.flags.approves = doc.content()
		doc.save()
	return _answer(doc)


@frappe.whitelist(methods=["POST"])
def reject_approval(
	doctype: str | None = None, name: str | None = None, reason: str | None = None
) -> Approval:
	"""Hand a draft back to who entered it; an approval that it had is taken back.

	Args:
	    doctype: the DocType of the document
	    name: the name of the document
	    reason: why, at most 1000 characters

	Returns:
	    How it stands with the approval.

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for who may not approve
	    `NothingToApproveError`: 409, for what is no draft or not above its limit
	"""
	doc = _draft(doctype, name)
	_require_approver(doc)
	_refuse_small(doc)
	why = _reason(reason)
	doc.flags.rejects = True
	_move(doc, DRAFT, lambda state, first: state.state == first)
	doc.add_comment("Workflow", ": ".join(filter(None, [_("Rejected"), why])))
	_notify([doc.owner], doc, _("{0} was not approved").format(doc.name), why)
	return _answer(doc)


def _draft(doctype: Any, name: Any) -> Any:
	if doctype not in RULES:
		sentence = _("doctype has to be one of: {0}").format(", ".join(RULES))
		refuse("doctype", sentence, "enum")
	name = text("name", name)
	require_read(doctype)
	require_record(doctype, name)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	if doc.docstatus != 0:
		throw(NothingToApproveError(_("{0} is not a draft").format(name)))
	return doc


def _refuse_small(doc: Any) -> None:
	doc.refresh_amount()
	if not doc.above_limit():
		throw(NothingToApproveError(_("{0} needs no approval").format(doc.name)))


def _require_approver(doc: Any) -> None:
	if not approver_roles(doc.doctype) & set(frappe.get_roles()):
		frappe.throw(_("You may not approve a {0}.").format(_(doc.doctype)), frappe.PermissionError)


def _move(doc: Any, state: str, fits: Callable[[Any, str], bool]) -> None:
	"""Bring the draft into a state: by a step of the active Workflow into one that `fits`, else into `state`."""
	workflow = active_workflow(doc.doctype)
	if not workflow:
		doc.flags.approval_state = state
		doc.save()
		return
	first = workflow.states[0].state
	fitting = {one.state for one in workflow.states if fits(one, first)}
	steps = [step for step in get_transitions(doc, workflow) if step["next_state"] in fitting]
	if steps:
		apply_workflow(doc, steps[0]["action"])
	else:
		doc.save()


def _reason(reason: Any) -> str:
	if not isinstance(reason, str | None) or len(reason or "") > MOST_TEXT:
		sentence = _("reason has to be text of at most {0} characters").format(MOST_TEXT)
		refuse("reason", sentence, "string")
	return strip_html(reason or "").strip()


def _tell_approvers(doc: Any) -> None:
	roles = approver_roles(doc.doctype)
	users = {user for role in roles for user in get_users_with_role(role)} - {doc.owner, *doc.people()}
	_notify(sorted(users), doc, _("{0} waits for your approval").format(doc.name))


def _notify(users: list[str], doc: Any, subject: str, message: str = "") -> None:
	for user in users:
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"subject": subject,
				"email_content": message,
				"for_user": user,
				"type": "Alert",
				"document_type": doc.doctype,
				"document_name": doc.name,
			}
		).insert(ignore_permissions=True)  # it is for somebody else: nobody may make these for others


def _answer(doc: Any) -> Approval:
	return {
		"doctype": doc.doctype,
		"name": doc.name,
		"docstatus": int(doc.docstatus),
		"state": doc.workflow_state,
		"approved_by": doc.approved_by,
		"approved_on": str(doc.approved_on) if doc.approved_on else None,
		"modified": str(doc.modified),
	}
