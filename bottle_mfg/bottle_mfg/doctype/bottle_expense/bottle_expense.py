from __future__ import annotations

import frappe
from frappe.utils import cint

from bottle_mfg.controllers.duplicates import add_index
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.money_document import MoneyDocument
from bottle_mfg.controllers.records import value
from bottle_mfg.controllers.stock_document import refuse_disabled

CATEGORY = "Bottle Expense Category"
COVERED = "covered_by_blow_cost"
STATUSES = ("Draft", "Paid", "Cancelled")
PROFIT_INDEX = ["docstatus", "date", "category", "covered_by_blow_cost", "amount"]
"""All that the profit and loss reads of a day, so that a year of it is one stretch of an index."""


class BottleExpense(MoneyDocument):
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

	left_open = (COVERED,)
	"""Where nobody stated it, the category says it."""

	def _set_defaults(self) -> None:
		super()._set_defaults()
		if self.get(COVERED) is None:
			category = self.category if isinstance(self.category, str) else None
			self.covered_by_blow_cost = cint(value(CATEGORY, category, COVERED))

	def before_validate(self) -> None:
		super().before_validate()
		self.status = STATUSES[self.docstatus]

	def check(self, faults: Faults) -> None:
		super().check(faults)
		refuse_disabled(faults, CATEGORY, "category")

	def before_cancel(self) -> None:
		super().before_cancel()
		self.status = STATUSES[self.docstatus]


def on_doctype_update() -> None:
	frappe.db.add_index("Bottle Expense", PROFIT_INDEX, "profit_and_loss")
	add_index("Bottle Expense")
