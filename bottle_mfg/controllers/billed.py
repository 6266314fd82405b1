"""What a sale and a purchase have because they are bills: somebody has to pay them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from frappe import _

from bottle_mfg.controllers.duplicates import WarnsOfDuplicates
from bottle_mfg.controllers.numbers import day, stored
from bottle_mfg.controllers.stock_document import SUBMITTED, StockDocument
from bottle_mfg.errors import HasPaymentsError, throw
from bottle_mfg.payments import bills
from bottle_mfg.payments.bills import KINDS, PENDING, Kind


class BilledDocument(WarnsOfDuplicates, StockDocument):
	"""Base of the documents that are paid. What is paid of them is written under their lock, by `payments` alone."""

	partner: ClassVar[str]
	"""The field of the customer or supplier."""

	@property
	def kind(self) -> Kind:
		return KINDS[self.doctype]

	def start_unpaid(self) -> None:
		"""Nothing is paid of a bill that is being made; of one that is due already, it is overdue."""
		self.paid_amount = self.credited_amount = 0
		self._owe(stored(self.get(self.kind.total)))

	def credit_original(self, name: str) -> None:
		"""Have a return take off its original what that still owes; the rest is to be refunded.

		Locks the original. Raises what the database raises where others keep it locked for too long.
		"""
		total = stored(self.get(self.kind.total))
		original = bills.hold(self.doctype, name)
		credit = original.take_credit(-total)
		if credit:
			bills.save(original)
		self.credited_amount = float(-credit)
		self._owe(total + credit)

	def take_credit_back(self, name: str) -> None:
		"""Have the original of a return that is cancelled owe again what the return took off it. Locks as above."""
		credit = -stored(self.credited_amount)
		if credit:
			original = bills.hold(self.doctype, name)
			original.credited -= credit
			bills.owe_again(original, without=self.name)

	def before_cancel(self) -> None:
		if stored(self.paid_amount):
			payments = bills.payments_of(self.doctype, self.name)
			sentence = _("{0} has payments: {1}. Cancel them first.").format(self.name, ", ".join(payments))
			throw(HasPaymentsError(sentence, payments=payments))
		# A failed attempt to pay it stands, as the record of what happened.
		self.ignore_linked_doctypes = ["Bottle Payment"]
		super().before_cancel()

	def _owe(self, outstanding: Decimal) -> None:
		self.outstanding_amount = float(outstanding)
		total = stored(self.get(self.kind.total))
		counts = self.docstatus == SUBMITTED
		self.payment_status = bills.status(total, outstanding, day(self.due_date)) if counts else PENDING
