"""Asking for an approval, giving it and refusing it. Clients call these as methods of `bottle_mfg.api.v1`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions
from frappe.utils import cint, strip_html
from frappe.utils.user import get_users_with_role

from bottle_mfg.controllers.approval import DRAFT, PENDING, RULES, active_workflow, approver_roles
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.errors import Fault, InvalidValueError, NotFoundError, NothingToApproveError, throw

MOST_TEXT = 1000
"""Characters of a reason."""


@frappe.whitelist(methods=["POST"])
def request_approval(doctype: str | None = None, name: str | None = None) -> dict[str, Any]:
	"""Ask those who may for the approval of a draft that is above its limit, and tell them so.

	Raises `NotFoundError`, `PermissionError` for users who may not change the draft, and `NothingToApproveError`.
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
	doctype: str | None = None, name: str | None = None, modified: str | None = None, submit: int | str = 0
) -> dict[str, Any]:
	"""Approve what a draft says; with `submit`, submit it in the same go. Any change voids the approval.

	With `modified`, only in the state that has this time stamp. Raises `NotFoundError`, `PermissionError` for who may
	not approve, `ForbiddenError` (own_approval) for who entered something of the draft himself, and
	`NothingToApproveError`; with `submit`, what a submit raises.
	"""
	doc = _draft(doctype, name)
	_require_approver(doc)
	_refuse_small(doc)
	doc.refuse_own_approval()
	if modified:
		doc.modified = modified
	if cint(submit):
		doc.flags.approves = doc.content()
		doc.submit()
	elif not doc.approved_by or doc.approval_amount() > stored(doc.approved_amount):
		doc.flags.approves = doc.content()
		doc.save()
	return _answer(doc)


@frappe.whitelist(methods=["POST"])
def reject_approval(
	doctype: str | None = None, name: str | None = None, reason: str | None = None
) -> dict[str, Any]:
	"""Hand a draft back to who entered it, with the reason; an approval that it had is taken back.

	Raises `NotFoundError`, `PermissionError` for who may not approve, and `NothingToApproveError`.
	"""
	doc = _draft(doctype, name)
	_require_approver(doc)
	_refuse_small(doc)
	text = _reason(reason)
	doc.flags.rejects = True
	_move(doc, DRAFT, lambda state, first: state.state == first)
	doc.add_comment("Workflow", ": ".join(filter(None, [_("Rejected"), text])))
	_notify([doc.owner], doc, _("{0} was not approved").format(doc.name), text)
	return _answer(doc)


def _draft(doctype: Any, name: Any) -> Any:
	if doctype not in RULES:
		sentence = _("doctype has to be one of: {0}").format(", ".join(RULES))
		throw(InvalidValueError([Fault(("doctype",), sentence, "enum")]))
	if not isinstance(name, str) or not name:
		throw(InvalidValueError([Fault(("name",), _("{0} has to be text").format("name"), "string")]))
	if not frappe.has_permission(doctype, "read"):
		frappe.throw(_("You may not read {0}.").format(_(doctype)), frappe.PermissionError)
	if not frappe.db.exists(doctype, name):
		sentence = _("{0} {1} does not exist").format(_(doctype), name)
		throw(NotFoundError(sentence, doctype=doctype, name=name))
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
		throw(InvalidValueError([Fault(("reason",), sentence, "string")]))
	return strip_html(reason or "").strip()


def _tell_approvers(doc: Any) -> None:
	roles = approver_roles(doc.doctype)
	users = {user for role in roles for user in get_users_with_role(role)} - {doc.owner, *doc.people()}
	_notify(sorted(users), doc, _("{0} waits for your approval").format(doc.name))


def _notify(users: list[str], doc: Any, subject: str, text: str = "") -> None:
	for user in users:
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"subject": subject,
				"email_content": text,
				"for_user": user,
				"type": "Alert",
				"document_type": doc.doctype,
				"document_name": doc.name,
			}
		).insert(ignore_permissions=True)  # it is for somebody else: nobody may make these for others


def _answer(doc: Any) -> dict[str, Any]:
	return {
		"doctype": doc.doctype,
		"name": doc.name,
		"docstatus": int(doc.docstatus),
		"state": doc.workflow_state,
		"approved_by": doc.approved_by,
		"approved_on": str(doc.approved_on) if doc.approved_on else None,
		"modified": str(doc.modified),
	}
