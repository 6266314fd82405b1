from __future__ import annotations

from collections.abc import Sequence

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.controllers.stock_document import (
	StockDocument,
	check_item,
	items_by_code,
	money,
	refuse_disabled,
)
from bottle_mfg.ledger import Basis, Entry, Movement, spread, value


class BottlePurchase(StockDocument):
	"""Goods bought from a supplier. They come in at what was paid for them, other charges included."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.bottle_purchase_item.bottle_purchase_item import BottlePurchaseItem

		amended_from: DF.Link | None
		date: DF.Date
		due_date: DF.Date | None
		items: DF.Table[BottlePurchaseItem]
		notes: DF.SmallText | None
		other_charges: DF.Currency
		outstanding_amount: DF.Currency
		paid_amount: DF.Currency
		payment_status: DF.Literal["Pending", "Partial", "Paid", "Overdue"]
		posting_time: DF.Time | None
		status: DF.Literal["Draft", "Received", "Cancelled"]
		supplier: DF.Link
		supplier_bill_no: DF.Data | None
		total_amount: DF.Currency
		warehouse: DF.Link
	# end: auto-generated types

	prefix = "PO"

	def check(self, faults: Faults) -> None:
		refuse_disabled(faults, "Bottle Supplier", "supplier")
		items = items_by_code(row.item for row in self.items)
		for row in self.items:
			item = check_item(faults, items, "item", row)
			faults.quantity("quantity", row, whole=item.uom == "pcs")
			faults.price("unit_price", row)
		faults.price("other_charges")

	def set_totals(self) -> None:
		total = stored(self.other_charges)
		for row in self.items:
			amount = money(row, "amount", stored(row.quantity) * stored(row.unit_price))
			row.amount = float(amount)
			total += amount
		self.total_amount = float(total)
		self.paid_amount = 0
		self.outstanding_amount = self.total_amount
		self.payment_status = "Pending"
		self.status = "Received" if self.docstatus == 1 else "Draft"
		self.due_date = self.due_date or self.date

	def movements(self) -> list[Movement]:
		amounts = [stored(row.amount) for row in self.items]
		weights = amounts if any(amounts) else [stored(row.quantity) for row in self.items]
		charges = spread(stored(self.other_charges), weights)
		return [
			Movement(
				row.item,
				self.warehouse,
				stored(row.quantity),
				Basis.DECLARED,
				value(amount + charge),
				row.name,
			)
			for row, amount, charge in zip(self.items, amounts, charges, strict=True)
		]

	def set_costs(self, entries: Sequence[Entry]) -> None:
		"""A purchase states its costs; the ledger finds none."""
