from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers import supplier_bills
from bottle_mfg.controllers.duplicates import add_index
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.controllers.opening import opening_amount
from bottle_mfg.controllers.returns import ReturnableDocument
from bottle_mfg.controllers.stock_document import CANCELLED, money_places
from bottle_mfg.ledger import ZERO, Basis, Entry, Movement, spread, value

PURCHASES_INDEX = [
	"docstatus",
	"date",
	"supplier",
	"warehouse",
	"is_return",
	"is_opening",
	"total_amount",
	"other_charges",
	"paid_amount",
	"outstanding_amount",
]
"""All that the reports of purchases read of a day, so that a year of it is one stretch of an index."""


class BottlePurchase(ReturnableDocument):
	"""Goods bought from a supplier. They come in at what was paid for them, other charges included.

	What the supplier takes back leaves at what was paid for it, as far as the stock is worth that.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.bottle_purchase_item.bottle_purchase_item import BottlePurchaseItem

		amended_from: DF.Link | None
		approved_amount: DF.Currency
		approved_by: DF.Link | None
		approved_content: DF.Data | None
		approved_on: DF.Datetime | None
		bill_key: DF.Data | None
		content_digest: DF.Data | None
		credited_amount: DF.Currency
		date: DF.Date
		due_date: DF.Date | None
		entered_by: DF.SmallText | None
		idempotency_key: DF.Data | None
		is_opening: DF.Check
		is_return: DF.Check
		items: DF.Table[BottlePurchaseItem]
		needs_approval: DF.Check
		notes: DF.SmallText | None
		opening_amount: DF.Currency
		other_charges: DF.Currency
		outstanding_amount: DF.Currency
		paid_amount: DF.Currency
		payment_status: DF.Literal["Pending", "Partial", "Paid", "Overdue"]
		posting_time: DF.Time | None
		return_against: DF.Link | None
		return_difference: DF.Currency
		status: DF.Literal["Draft", "Pending Approval", "Received", "Returned", "Cancelled"]
		supplier: DF.Link
		supplier_bill_no: DF.Data | None
		total_amount: DF.Currency
		warehouse: DF.Link
		workflow_state: DF.Data | None
	# end: auto-generated types

	prefix = "PO"
	partner = "supplier"
	prices = ("unit_price",)
	lower_prices = False

	def check(self, faults: Faults) -> None:
		super().check(faults)
		charges = faults.price("other_charges")
		if self.is_opening and charges:
			faults.add("other_charges", _("An opening balance has no charges"), "is_opening")

	def before_validate(self) -> None:
		super().before_validate()
		self.bill_key = None if self.is_return else supplier_bills.key(self.supplier_bill_no)

	def before_cancel(self) -> None:
		super().before_cancel()
		if self.docstatus == CANCELLED:  # else it is left to a worker
			self.bill_key = None  # the amended document will have it

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		with supplier_bills.entered_once(self):
			super().db_insert(*args, **kwargs)

	def db_update(self) -> None:
		with supplier_bills.entered_once(self):
			super().db_update()

	def set_totals(self) -> None:
		if self.is_return:
			self.other_charges = float(self._charges_given_back())
		charges = stored(self.other_charges)
		total = -charges if self.is_return else charges + opening_amount(self)
		for row, amount in zip(self.items, self.amounts(), strict=True):
			row.amount = float(amount)
			total += amount
		self.total_amount = float(total)
		self.return_difference = 0
		submitted = "Returned" if self.is_return else "Received"
		self.status = submitted if self.docstatus == 1 else "Draft"
		self.due_date = self.due_date or self.date
		self.start_unpaid()

	def movements(self) -> list[Movement]:
		if self.is_return:
			return self._movements_back()
		charges = self.charges()
		return [
			Movement(
				row.item,
				self.warehouse,
				stored(row.quantity),
				Basis.DECLARED,
				value(stored(row.amount) + charges[row.name]),
				row.name,
			)
			for row in self.items
		]

	def set_costs(self, entries: Sequence[Entry]) -> None:
		"""A purchase states its costs; of a return the ledger finds what the goods were worth in stock."""
		if self.is_return:
			worth = sum((entry.value for entry in entries), ZERO)
			self.return_difference = float(worth - stored(self.total_amount))

	def charges(self) -> dict[str, Decimal]:
		"""What of the other charges each line carries, by the lines' names."""
		amounts = [stored(row.amount) for row in self.items]
		weights = amounts if any(amounts) else [stored(row.quantity) for row in self.items]
		shares = spread(stored(self.other_charges), weights)
		return {row.name: share for row, share in zip(self.items, shares, strict=True)}

	def _movements_back(self) -> list[Movement]:
		charges = self.original.charges()
		return [
			Movement(
				row.item,
				self.warehouse,
				-stored(row.quantity),
				Basis.DECLARED,
				claim.share(stored(claim.line.amount), self._places)
				+ claim.share(charges[claim.line.name], self._places),
				row.name,
			)
			for row, claim in zip(self.items, self.settled(), strict=True)
		]

	def _charges_given_back(self) -> Decimal:
		charges = self.original.charges()
		return sum(
			(
				claim.share(charges[claim.line.name], self._places)
				for claims in self.claims()
				for claim in claims
			),
			ZERO,
		)

	@property
	def _places(self) -> int:
		return money_places(self.items[0], "amount")


def on_doctype_update() -> None:
	frappe.db.add_index("Bottle Purchase", ["payment_status", "due_date"], "payment_due")
	frappe.db.add_index("Bottle Purchase", PURCHASES_INDEX, "goods_bought")
	frappe.db.add_index("Bottle Purchase", ["supplier", "date"], "latest")
	add_index("Bottle Purchase")
	frappe.db.add_index("Bottle Purchase", ["docstatus", "is_return"], "drafts")
	frappe.db.add_unique("Bottle Purchase", ["supplier", "bill_key"], "supplier_bill")
