"""A payment on paper."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

import frappe
from frappe import _

from bottle_mfg.controllers.numbers import stored
from bottle_mfg.payments.bills import KINDS, RECEIVE
from bottle_mfg.posting.sql import exact
from bottle_mfg.printing.paper import Paper
from bottle_mfg.printing.parties import Party, partner


class Receipt(Paper):
	"""Money that came in or went out for a bill."""

	@property
	def is_received(self) -> bool:
		return self.doc.direction == RECEIVE

	@property
	def title(self) -> str:
		return _("Payment Receipt") if self.is_received else _("Payment Voucher")

	@property
	def mark(self) -> str:
		if self.doc.result == "Failed":
			return _("This payment failed: no money was taken")
		return super().mark

	@cached_property
	def partner(self) -> Party:
		return partner(self.doc.party_type, self.doc.party)

	@cached_property
	def paid(self) -> Decimal:
		return stored(self.doc.amount)

	@cached_property
	def _bill(self) -> tuple:
		kind = KINDS[self.doc.reference_type]
		found = frappe.db.sql(
			f"""select date, is_return, cast(abs(`{kind.total}`) as char), cast(abs(outstanding_amount) as char)
			from `tab{kind.doctype}` where name = %s""",
			self.doc.reference_name,
		)
		return found[0] if found else (None, 0, "0", "0")

	@property
	def bill_kind(self) -> str:
		"""What the bill is called on its own paper."""
		is_return = self._bill[1]
		if self.doc.reference_type == "Bottle Sale":
			return _("Credit Note") if is_return else _("Invoice")
		return _("Debit Note") if is_return else _("Purchase Bill")

	@property
	def bill_date(self) -> str:
		return self.date(self._bill[0])

	@property
	def bill_total(self) -> Decimal:
		return exact(self._bill[2])

	@property
	def bill_left(self) -> Decimal:
		"""What is still to be paid of the bill today, or to be refunded."""
		return exact(self._bill[3])
