from __future__ import annotations

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import add_days, cint

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import day, stored
from bottle_mfg.controllers.stock_document import (
	StockDocument,
	check_item,
	items_by_code,
	money,
	refuse_disabled,
)
from bottle_mfg.errors import Fault, InvalidValueError, throw
from bottle_mfg.ledger import ZERO, Basis, Entry, Movement

STATUS_CHANGES = {("Confirmed", "Shipped"), ("Confirmed", "Completed"), ("Shipped", "Completed")}


class BottleSale(StockDocument):
	"""Goods sold to a customer. They leave at the moving average; what is above it is profit."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.bottle_sale_item.bottle_sale_item import BottleSaleItem

		amended_from: DF.Link | None
		cost_of_goods: DF.Currency
		customer: DF.Link
		date: DF.Date
		due_date: DF.Date | None
		items: DF.Table[BottleSaleItem]
		notes: DF.SmallText | None
		outstanding_amount: DF.Currency
		paid_amount: DF.Currency
		payment_status: DF.Literal["Pending", "Partial", "Paid", "Overdue"]
		posting_time: DF.Time | None
		profit: DF.Currency
		status: DF.Literal["Draft", "Pending Approval", "Confirmed", "Shipped", "Completed", "Cancelled"]
		total_price: DF.Currency
		warehouse: DF.Link
	# end: auto-generated types

	prefix = "SO"

	def before_validate(self) -> None:
		super().before_validate()
		items = items_by_code(row.item for row in self.items if row.unit_price is None)
		for row in self.items:
			if row.unit_price is None and row.item in items:
				row.unit_price = items[row.item].selling_price
		if not self.due_date and self.customer and day(self.date):
			credit = cint(frappe.db.get_value("Bottle Customer", self.customer, "credit_days"))
			self.due_date = add_days(self.date, credit)

	def check(self, faults: Faults) -> None:
		refuse_disabled(faults, "Bottle Customer", "customer")
		items = items_by_code(row.item for row in self.items)
		for row in self.items:
			item = check_item(faults, items, "item", row)
			faults.quantity("quantity", row, whole=item.uom == "pcs")
			faults.price("unit_price", row)
			faults.price("blow_price", row)

	def set_totals(self) -> None:
		total = ZERO
		for row in self.items:
			price = stored(row.unit_price) + stored(row.blow_price)
			amount = money(row, "amount", stored(row.quantity) * price)
			row.amount = float(amount)
			row.unit_cost = row.cost = row.profit = 0
			total += amount
		self.total_price = float(total)
		self.cost_of_goods = self.profit = 0
		self.paid_amount = 0
		self.outstanding_amount = self.total_price
		self.payment_status = "Pending"
		self.status = "Confirmed" if self.docstatus == 1 else "Draft"

	def movements(self) -> list[Movement]:
		return [
			Movement(
				row.item,
				self.warehouse,
				-stored(row.quantity),
				Basis.AVERAGE,
				row=row.name,
				revenue=stored(row.amount),
			)
			for row in self.items
		]

	def set_costs(self, entries: Sequence[Entry]) -> None:
		total = ZERO
		for row, entry in zip(self.items, entries, strict=True):
			cost = -entry.value
			row.cost = float(cost)
			row.unit_cost = float(entry.unit_cost)
			row.profit = float(entry.movement.revenue - cost)
			total += cost
		self.cost_of_goods = float(total)
		self.profit = float(stored(self.total_price) - total)

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save().status
		if self.status != before and (before, self.status) not in STATUS_CHANGES:
			throw(
				InvalidValueError(
					[
						Fault(
							("status",),
							_("{0} cannot become {1}").format(_(before), _(self.status)),
							"transition",
						)
					]
				)
			)
