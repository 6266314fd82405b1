from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from bottle_mfg.controllers.duplicates import add_index
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.money_document import MoneyDocument
from bottle_mfg.controllers.numbers import day, stored
from bottle_mfg.controllers.stock_document import SUBMITTED
from bottle_mfg.errors import Fault, InvalidValueError, OverPaymentError, number, plain, throw
from bottle_mfg.ledger import ZERO
from bottle_mfg.payments import bills
from bottle_mfg.payments.access import may_see_bill
from bottle_mfg.payments.bills import KINDS

FAILED = "Failed"
PAID_INDEX = ["date", "docstatus", "result", "reference_type", "reference_name", "direction", "amount"]
"""What was paid after a day, by bill, without a look at the payments themselves."""


class BottlePayment(MoneyDocument):
	"""Money that came in or went out for one bill, or the attempt that failed.

	What is paid counts under the lock of its bill. A failed attempt is kept and changes nothing else.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amended_from: DF.Link | None
		amount: DF.Currency
		approved_amount: DF.Currency
		approved_by: DF.Link | None
		approved_content: DF.Data | None
		approved_on: DF.Datetime | None
		content_digest: DF.Data | None
		date: DF.Date
		direction: DF.Literal["", "Receive", "Pay"]
		entered_by: DF.SmallText | None
		failure_reason: DF.SmallText | None
		idempotency_key: DF.Data | None
		mode: DF.Literal["Cash", "Bank", "UPI", "Cheque"]
		needs_approval: DF.Check
		notes: DF.SmallText | None
		party: DF.DynamicLink | None
		party_type: DF.Literal["", "Bottle Customer", "Bottle Supplier"]
		reference_name: DF.DynamicLink
		reference_type: DF.Literal["Bottle Sale", "Bottle Purchase"]
		result: DF.Literal["Completed", "Failed"]
		retry_of: DF.Link | None
		transaction_ref: DF.Data | None
		workflow_state: DF.Data | None
	# end: auto-generated types

	prefix = "PAY"

	def _validate_links(self) -> None:
		try:
			super()._validate_links()
		except frappe.CancelledLinkError:
			bill = self._read_bill()
			if bill and bill.docstatus == SUBMITTED:
				raise
			frappe.clear_last_message()
			throw(InvalidValueError([self._not_submitted()]))

	def before_validate(self) -> None:
		super().before_validate()
		if self.result != FAILED:
			self.failure_reason = None
		self.flags.bill = self._read_bill()
		for fieldname, value in self._of_bill().items():
			self.set(fieldname, self.get(fieldname) or value)

	def approval_amount(self) -> Decimal:
		return ZERO if self.result == FAILED else super().approval_amount()

	def check(self, faults: Faults) -> None:
		super().check(faults)
		if self.result == FAILED and not (self.failure_reason or "").strip():
			faults.add("failure_reason", _("Say why it failed"), "missing")
		if self.flags.bill:
			self._check_allowed()
			self._check_bill(faults)
			self._check_retry(faults)

	def before_submit(self) -> None:
		super().before_submit()
		if self.result != FAILED:
			self._pay()

	def before_cancel(self) -> None:
		super().before_cancel()
		if self.result != FAILED:
			bill = bills.hold(self.reference_type, self.reference_name)
			bill.pay(-stored(self.amount))
			bills.owe_again(bill)
		# A retry stands without the attempt that it was made from.
		self.ignore_linked_doctypes = ["Bottle Payment"]

	def _pay(self) -> None:
		"""Pay the bill under its lock, as it is by now."""
		amount = stored(self.amount)
		bill = bills.hold(self.reference_type, self.reference_name)
		if bill.docstatus != SUBMITTED:
			throw(InvalidValueError([self._not_submitted()]))
		if amount > bill.left:
			self._refuse_too_much(bill.left, amount)
		bill.pay(amount)
		bills.save(bill)

	def _refuse_too_much(self, left: Decimal, amount: Decimal) -> None:
		sentence = _("{0} of {1} is outstanding, not {2}").format(
			plain(left), self.reference_name, plain(amount)
		)
		throw(OverPaymentError(sentence, outstanding=number(left), amount=number(amount)))

	def _read_bill(self) -> Any:
		"""What the payment takes over from its bill, and what it is checked against; None where there is none."""
		kind = KINDS.get(self.reference_type or "")
		if not kind or not self.reference_name:
			return None
		fields = ["docstatus", "is_return", "date", kind.party]
		return frappe.db.get_value(kind.doctype, self.reference_name, fields, as_dict=True)

	def _of_bill(self) -> dict[str, str]:
		if not self.flags.bill:
			return {}
		kind, bill = KINDS[self.reference_type], self.flags.bill
		direction = kind.direction(bool(bill.is_return))
		return {"direction": direction, "party_type": kind.party_type, "party": bill[kind.party]}

	def _check_allowed(self) -> None:
		if self.flags.ignore_permissions:
			return
		refunds = self.reference_type == "Bottle Sale" and self.flags.bill.is_return
		if not may_see_bill(self.reference_type, self.reference_name):
			sentence = _("You may not pay {0}.").format(self.reference_name)
		elif refunds and not frappe.has_permission("Bottle Payment", "cancel"):
			# Giving money back undoes a payment.
			sentence = _("Only who may cancel payments may refund a customer.")
		else:
			return
		frappe.throw(sentence, frappe.PermissionError)

	def _check_bill(self, faults: Faults) -> None:
		bill = self.flags.bill
		if bill.docstatus != SUBMITTED:
			fault = self._not_submitted()
			faults.add("reference_name", fault.msg, fault.type)
		for fieldname, value in self._of_bill().items():
			if self.get(fieldname) and self.get(fieldname) != value:
				sentence = _("{0} of {1} has to be {2}").format(
					_(self.meta.get_label(fieldname)), self.reference_name, _(value)
				)
				faults.add(fieldname, sentence, "contradiction")
		on = day(self.date)
		if on and on < bill.date:
			sentence = _("{0} is of {1}: nothing was paid before").format(
				self.reference_name, formatdate(bill.date)
			)
			faults.add("date", sentence, "before_bill")

	def _check_retry(self, faults: Faults) -> None:
		if not self.retry_of:
			return
		tried = frappe.db.get_value(
			"Bottle Payment",
			{"name": self.retry_of, "docstatus": SUBMITTED, "result": FAILED},
			["reference_type", "reference_name"],
		)
		if tried != (self.reference_type, self.reference_name):
			sentence = _("{0} is no failed attempt to pay {1}").format(self.retry_of, self.reference_name)
			faults.add("retry_of", sentence, "no_attempt")

	def _not_submitted(self) -> Fault:
		return Fault(
			("reference_name",), _("{0} is not submitted").format(self.reference_name), "not_submitted"
		)


def on_doctype_update() -> None:
	add_index("Bottle Payment")
	frappe.db.add_index("Bottle Payment", PAID_INDEX, "paid_on")
	frappe.db.add_index("Bottle Payment", ["party", "date"], "latest")
