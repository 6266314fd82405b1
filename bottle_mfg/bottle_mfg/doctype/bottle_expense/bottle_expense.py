from __future__ import annotations

import frappe
from frappe.utils import cint, nowdate

from bottle_mfg.controllers.approval import NeedsApproval
from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.duplicates import WarnsOfDuplicates, add_index
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.locked_alone import LockedAlone
from bottle_mfg.controllers.numbered import NumberedDocument
from bottle_mfg.controllers.numbers import day
from bottle_mfg.controllers.records import value
from bottle_mfg.controllers.stock_document import check_money, refuse_disabled
from bottle_mfg.posting.periods import refuse_closed

CATEGORY = "Bottle Expense Category"
COVERED = "covered_by_blow_cost"
STATUSES = ("Draft", "Paid", "Cancelled")
PROFIT_INDEX = ["docstatus", "date", "category", "covered_by_blow_cost", "amount"]
"""All that the profit and loss reads of a day, so that a year of it is one stretch of an index."""


class BottleExpense(WarnsOfDuplicates, NeedsApproval, LockedAlone, NumberedDocument, ClientDocument):
	"""Money spent on something that is no goods. It lowers the profit of its day.

	What is covered by the blow cost lowered it already: the bottles carry that cost, and it counts when they are sold.
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
		category: DF.Link
		content_digest: DF.Data | None
		covered_by_blow_cost: DF.Check
		date: DF.Date
		entered_by: DF.SmallText | None
		idempotency_key: DF.Data | None
		needs_approval: DF.Check
		notes: DF.SmallText | None
		paid_by: DF.Literal["Cash", "Bank", "UPI", "Cheque"]
		payee: DF.Data | None
		reference: DF.Data | None
		status: DF.Literal["Draft", "Pending Approval", "Paid", "Cancelled"]
		workflow_state: DF.Data | None
	# end: auto-generated types

	prefix = "EXP"

	@classmethod
	def filled_in(cls) -> set[str]:
		return {"date"}

	def _set_defaults(self) -> None:
		# Frappe unticks what was not stated, sometimes before what was is known; here the category says it.
		unstated = not self.covered_by_blow_cost and COVERED not in (self.flags.stated or ())
		super()._set_defaults()
		if unstated and isinstance(self.category, str):
			self.covered_by_blow_cost = cint(value(CATEGORY, self.category, COVERED))

	def before_validate(self) -> None:
		self.date = self.date or nowdate()

	def validate(self) -> None:
		faults = Faults(self)
		self.check_day(faults)
		self.check_amended(faults)
		check_money(faults, "amount")
		refuse_disabled(faults, CATEGORY, "category")
		faults.missing()
		faults.throw()
		self.status = STATUSES[self.docstatus]
		self.note_approval()

	def before_submit(self) -> None:
		self.require_approval()
		refuse_closed(day(self.date))

	def before_cancel(self) -> None:
		refuse_closed(day(self.date))
		self.status = STATUSES[self.docstatus]
		self.note_cancelled()


def on_doctype_update() -> None:
	frappe.db.add_index("Bottle Expense", PROFIT_INDEX, "profit_and_loss")
	add_index("Bottle Expense")
