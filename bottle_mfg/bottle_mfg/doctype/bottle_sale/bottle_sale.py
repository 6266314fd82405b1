from __future__ import annotations

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import cint

from bottle_mfg.controllers.duplicates import add_index
from bottle_mfg.controllers.numbers import day, due, stored
from bottle_mfg.controllers.opening import opening_amount
from bottle_mfg.controllers.records import value
from bottle_mfg.controllers.returns import ReturnableDocument
from bottle_mfg.controllers.stock_document import items_by_code
from bottle_mfg.errors import Fault, InvalidValueError, throw
from bottle_mfg.ledger import ZERO, Basis, Entry, Movement, Origin

SALES_INDEX = [
	"docstatus",
	"date",
	"customer",
	"warehouse",
	"owner",
	"is_return",
	"is_opening",
	"total_quantity",
	"total_price",
	"cost_of_goods",
	"paid_amount",
	"outstanding_amount",
]
"""All that the reports of sales read of a day, so that a year of it is one stretch of an index."""

STATUS_CHANGES = {("Confirmed", "Shipped"), ("Confirmed", "Completed"), ("Shipped", "Completed")}


class BottleSale(ReturnableDocument):
	"""Goods sold to a customer. They leave at the moving average; what is above it is profit.

	What a customer brings back comes in at what it had left at.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.bottle_sale_item.bottle_sale_item import BottleSaleItem

		amended_from: DF.Link | None
		approved_amount: DF.Currency
		approved_by: DF.Link | None
		approved_content: DF.Data | None
		approved_on: DF.Datetime | None
		content_digest: DF.Data | None
		cost_of_goods: DF.Currency
		credited_amount: DF.Currency
		customer: DF.Link
		date: DF.Date
		due_date: DF.Date | None
		entered_by: DF.SmallText | None
		idempotency_key: DF.Data | None
		is_opening: DF.Check
		is_return: DF.Check
		items: DF.Table[BottleSaleItem]
		needs_approval: DF.Check
		notes: DF.SmallText | None
		opening_amount: DF.Currency
		outstanding_amount: DF.Currency
		paid_amount: DF.Currency
		payment_status: DF.Literal["Pending", "Partial", "Paid", "Overdue"]
		posting_time: DF.Time | None
		profit: DF.Currency
		return_against: DF.Link | None
		status: DF.Literal["Draft", "Pending Approval", "Confirmed", "Shipped", "Completed", "Cancelled"]
		total_price: DF.Currency
		total_quantity: DF.Float
		warehouse: DF.Link
		workflow_state: DF.Data | None
	# end: auto-generated types

	prefix = "SO"
	partner = "customer"
	prices = ("unit_price", "blow_price")
	lower_prices = True

	def before_validate(self) -> None:
		super().before_validate()
		items = items_by_code(row.item for row in self.items if row.unit_price is None)
		for row in self.items:
			if row.unit_price is None and row.item in items and not self.is_return:
				row.unit_price = items[row.item].selling_price
		on = day(self.date)
		if on and not self.due_date and self.customer:
			self.due_date = due(on, cint(value("Bottle Customer", self.customer, "credit_days")))

	def set_totals(self) -> None:
		total = opening_amount(self)
		for row, amount in zip(self.items, self.amounts(), strict=True):
			row.amount = float(amount)
			row.unit_cost = row.cost = row.profit = 0
			total += amount
		self.total_price = float(total)
		self.total_quantity = float(sum((stored(row.quantity) for row in self.items), ZERO))
		self.cost_of_goods = self.profit = 0
		self.start_unpaid()
		submitted = "Completed" if self.is_return or self.is_opening else "Confirmed"
		self.status = submitted if self.docstatus == 1 else "Draft"

	def movements(self) -> list[Movement]:
		if self.is_return:
			return [
				Movement(
					row.item,
					self.warehouse,
					claim.part.quantity,
					Basis.RETURNED,
					row=row.name,
					revenue=stored(row.amount),
					origin=Origin(claim.line.name, self.original.warehouse, claim.part.start),
				)
				for row, claim in zip(self.items, self.settled(), strict=True)
			]
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
		self.profit = float(stored(self.total_price) - opening_amount(self) - total)

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


def on_doctype_update() -> None:
	frappe.db.add_index("Bottle Sale", ["payment_status", "due_date"], "payment_due")
	frappe.db.add_index("Bottle Sale", SALES_INDEX, "goods_sold")
	frappe.db.add_index("Bottle Sale", ["customer", "date"], "latest")
	add_index("Bottle Sale")
