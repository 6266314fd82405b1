"""A second pair of eyes: documents above a limit of the settings are submitted only once somebody else approved them.

The check stands in `before_submit`, which every way of submitting comes through. Frappe's Workflow, where an admin
has it on, leads people to it; it does not replace it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model import table_fields
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name
from frappe.utils import now_datetime

from bottle_mfg.controllers.costs import COST_LEVEL, may_see_costs
from bottle_mfg.controllers.numbers import stored, time_of_day
from bottle_mfg.errors import (
	ApprovalRequiredError,
	ChangedMeanwhileError,
	OwnApprovalError,
	plain,
	throw,
)
from bottle_mfg.ledger import ZERO

SETTINGS = "Bottle Mfg Settings"
MANAGER = "Bottle Manager"
STATE = "workflow_state"
DRAFT, PENDING, CONFIRMED, CANCELLED = "Draft", "Pending Approval", "Confirmed", "Cancelled"

KEPT = ("needs_approval", "approved_by", "approved_on", "approved_content", "approved_amount", "entered_by")
"""What only the server writes."""

_APPROVAL = KEPT[1:5]
_ENTERED_BY_LINK = ("is_return", "return_against", "against_row", "amended_from")
"""Read-only on the form, but part of what a client enters."""

_NOT_CONTENT = {*KEPT, STATE, "idempotency_key"}


@dataclass(frozen=True)
class Rule:
	"""What of a document is compared with which limit of the settings."""

	limit: str
	amount: str


RULES = {
	"Bottle Purchase": Rule("approve_purchases_above", "total_amount"),
	"Bottle Sale": Rule("approve_sales_above", "total_price"),
	"Bottle Stock Count": Rule("approve_count_losses_above", "lost_value"),
	"Blow": Rule("approve_blows_above", "quantity"),
	"Bottle Expense": Rule("approve_expenses_above", "amount"),
	"Bottle Payment": Rule("approve_payments_above", "amount"),
}


def limit_of(doctype: str) -> Decimal:
	"""Above what a document of a DocType needs approval; 0: it never does. From the cache of documents."""
	rule = RULES.get(doctype)
	return stored(frappe.get_cached_doc(SETTINGS).get(rule.limit)) if rule else ZERO


def active_workflow(doctype: str) -> Any:
	"""Frappe's Workflow for a DocType; None where an admin has none on."""
	name = get_workflow_name(doctype)
	return frappe.get_cached_doc("Workflow", name) if name else None


def approving(workflow: Any) -> Iterator[Any]:
	"""The transitions that stand for an approval: they submit, and nobody may make them for his own document."""
	submitted = {state.state for state in workflow.states if str(state.doc_status) == "1"}
	for transition in workflow.transitions:
		if transition.next_state in submitted and not transition.allow_self_approval:
			yield transition


def approver_roles(doctype: str) -> set[str]:
	"""Whose approval counts: that of the roles which the active Workflow names for it, else Bottle Manager's."""
	workflow = active_workflow(doctype)
	named = {transition.allowed for transition in approving(workflow)} if workflow else set()
	return named or {MANAGER}


class NeedsApproval(Document):
	"""Base of the documents that have a limit. One of a DocType without a rule never needs approval."""

	def check_if_latest(self) -> None:
		super().check_if_latest()
		if self.doctype in RULES:
			self._keep_approval(self.get_doc_before_save())

	def _keep_approval(self, before: Document | None) -> None:
		"""Take back what the client says of fields that only the server writes."""
		for name in KEPT if self._state_is_workflows() else (*KEPT, STATE):
			self.set(name, before.get(name) if before else None, as_value=True)

	def approval_amount(self) -> Decimal:
		"""What is compared with the limit: currency, or preforms of a blow."""
		return abs(stored(self.get(RULES[self.doctype].amount)))

	def refresh_amount(self) -> None:
		"""Compute the amount anew, where it depends on more than what was entered."""

	def above_limit(self) -> bool:
		limit = limit_of(self.doctype)
		return bool(limit) and self.approval_amount() > limit

	def onload(self) -> None:
		"""Tell the form whether this waits for an approval, and whether its user may give it."""
		if self.doctype in RULES and self.docstatus == 0:
			own = frappe.session.user in [self.owner, *self.people()]
			told = {
				"needed": self.above_limit() and not self.approved_by,
				"may_approve": not own and bool(approver_roles(self.doctype) & set(frappe.get_roles())),
				"by_workflow": active_workflow(self.doctype) is not None,
			}
			self.set_onload("approval", told)

	def note_approval(self) -> None:
		"""Keep up who entered what, and let go of an approval of other content. To be called once all is computed."""
		if self.doctype not in RULES:
			return
		self._note_who_entered()
		self.needs_approval = int(self.above_limit())
		if self.flags.approves and self.docstatus == 0:
			self._approve()
		elif self.flags.rejects:
			self.set_approval(None)
		if self.approved_by and self.approved_content != self.content():
			self.set_approval(None)
			self.add_comment("Info", _("was changed: the approval no longer counts"))
		self._note_state()

	def _note_who_entered(self) -> None:
		people = self.people()
		user = frappe.session.user
		if user not in people:
			before = self.get_doc_before_save()
			if before is None or self.content() != before.content():
				self.entered_by = "\n".join([*people, user])

	def people(self) -> list[str]:
		"""All who entered something of this, in the order in which they came."""
		return (self.entered_by or "").split("\n") if self.entered_by else []

	def _note_state(self) -> None:
		if not self._state_is_workflows():
			waits = (self.flags.approval_state or self.get(STATE)) == PENDING and self.needs_approval
			self.set(STATE, CONFIRMED if self.docstatus == 1 else PENDING if waits else DRAFT)
		if self.docstatus == 0 and self.get(STATE) == PENDING and self.meta.has_field("status"):
			self.status = PENDING

	def note_left_to_worker(self) -> None:
		"""Make this wait as a draft, in the state in which it was before."""
		if self.doctype in RULES:
			before = self.get_doc_before_save()
			self.set(STATE, before.get(STATE) if before else None)
			self._note_state()

	def note_cancelled(self) -> None:
		"""Say so in the state. Frappe's Workflow does not where a document is cancelled by no step of its own."""
		if self.doctype not in RULES:
			return
		states = active_workflow(self.doctype).states if self._state_is_workflows() else []
		names = [state.state for state in states if str(state.doc_status) == "2"] or [CANCELLED]
		self.set(STATE, names[0])

	def _state_is_workflows(self) -> bool:
		workflow = active_workflow(self.doctype)
		return bool(workflow) and workflow.workflow_state_field == STATE

	def require_approval(self) -> None:
		"""Raise `ApprovalRequiredError` where this is above the limit and what it says was not approved.

		To be called before anything is posted.
		"""
		self.flags.approved_up_to = None
		if not self.above_limit():
			return
		if self.flags.approves or (not self.approved_by and self._approved_by_workflow()):
			self._approve()
		if self.approved_by and self.approved_content == self.content():
			self.flags.approved_up_to = stored(self.approved_amount)
		self.require_approved_amount()

	def require_approved_amount(self) -> None:
		"""As `require_approval`, once posting has found the amount: no more than was approved."""
		if not self.above_limit():
			return
		amount, limit = self.approval_amount(), limit_of(self.doctype)
		approved = self.flags.approved_up_to
		if approved is not None and amount <= approved:
			return
		hidden = self.amount_is_cost() and not may_see_costs(self.doctype)
		throw(ApprovalRequiredError(limit, None if hidden else amount, approved))

	def amount_is_cost(self) -> bool:
		"""Whether only who may see costs may know the amount."""
		return self.meta.get_field(RULES[self.doctype].amount).permlevel >= COST_LEVEL

	def _approved_by_workflow(self) -> bool:
		"""Whether this very saving is a step of Frappe's Workflow that approves; its condition, Frappe checks."""
		workflow, before = active_workflow(self.doctype), self.get_doc_before_save()
		if not workflow or not before:
			return False
		field, roles = workflow.workflow_state_field, set(frappe.get_roles())
		step = (before.get(field), self.get(field))
		return any(
			(one.state, one.next_state) == step and one.allowed in roles for one in approving(workflow)
		)

	def _approve(self) -> None:
		"""Take the user's approval of what this says. Raises `OwnApprovalError` for who approves his own.

		Where `flags.approves` is the digest of what he saw, `ConflictError` if that is not what this says now.
		"""
		self.refuse_own_approval()
		if self.flags.approves and self.flags.approves != self.content():
			sentence = _("{0} was changed meanwhile. Please look at it once more.")
			throw(ChangedMeanwhileError(sentence.format(self.name)))
		self.set_approval(frappe.session.user)
		self.add_comment("Workflow", _("Approved"))

	def refuse_own_approval(self) -> None:
		"""Raise `OwnApprovalError` where the user entered something of this. No exception for Administrator."""
		last = self.get_doc_before_save() or self
		people = self.people() or [last.modified_by]  # nobody kept book of the drafts of earlier versions
		if frappe.session.user in [self.owner, *people]:
			sentence = _("{0} is your own: somebody else has to approve it.")
			throw(OwnApprovalError(sentence.format(self.name)))

	def set_approval(self, user: str | None) -> None:
		"""Note that `user` approved what this says; None: that nobody did."""
		found = (user, now_datetime(), self.content(), float(self.approval_amount())) if user else [None] * 4
		self.update(dict(zip(_APPROVAL, found, strict=True)))

	def content(self) -> str:
		"""A digest of all that was entered, lines included: what an approval is bound to."""
		lines = {
			table.fieldname: [_entered(row) for row in self.get(table.fieldname)]
			for table in self.meta.get_table_fields()
		}
		text = json.dumps([_entered(self), lines], sort_keys=True, ensure_ascii=False)
		return hashlib.sha256(text.encode()).hexdigest()


def _entered(source: Document) -> dict[str, str]:
	return {
		field.fieldname: written
		for field in source.meta.fields
		if (not field.read_only or field.fieldname in _ENTERED_BY_LINK)
		and field.fieldtype not in table_fields
		and field.fieldname not in _NOT_CONTENT
		and (written := _written(field.fieldtype, source.get(field.fieldname)))
	}


def _written(fieldtype: str, value: Any) -> str:
	"""A value in one spelling, whether it comes from the database or from a client; empty for none."""
	if fieldtype in ("Float", "Currency", "Int", "Check"):
		return plain(stored(value)) if value else ""
	if fieldtype == "Time" and value not in (None, ""):
		return str(time_of_day(value))
	return str(value or "")
