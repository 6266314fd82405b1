from __future__ import annotations

from collections.abc import Iterator, Sequence

from frappe import _

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.controllers.stock_document import StockDocument, check_item, items_by_code
from bottle_mfg.ledger import ZERO, Basis, Entry, Movement


class BottleStockTransfer(StockDocument):
	"""Goods moved from one warehouse to another. Exactly the value that leaves the one comes into the other."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.bottle_stock_transfer_item.bottle_stock_transfer_item import (
			BottleStockTransferItem,
		)

		amended_from: DF.Link | None
		content_digest: DF.Data | None
		date: DF.Date
		from_warehouse: DF.Link
		idempotency_key: DF.Data | None
		items: DF.Table[BottleStockTransferItem]
		notes: DF.SmallText | None
		posting_time: DF.Time | None
		status: DF.Literal["Draft", "Moved", "Cancelled"]
		to_warehouse: DF.Link
		total_value: DF.Currency
	# end: auto-generated types

	prefix = "ST"
	warehouse_fields = ("from_warehouse", "to_warehouse")

	def check(self, faults: Faults) -> None:
		if self.from_warehouse and self.from_warehouse == self.to_warehouse:
			faults.add(
				"to_warehouse", _("The goods are in {0} already").format(self.to_warehouse), "different"
			)
		items = items_by_code(row.item for row in self.items)
		for row in self.items:
			item = check_item(faults, items, "item", row)
			faults.quantity("quantity", row, whole=item.uom == "pcs")

	def set_totals(self) -> None:
		for row in self.items:
			row.unit_cost = row.value = 0
		self.total_value = 0
		self.status = "Moved" if self.docstatus == 1 else "Draft"

	def movements(self) -> list[Movement]:
		return list(self._movements())

	def _movements(self) -> Iterator[Movement]:
		for row in self.items:
			quantity = stored(row.quantity)
			yield Movement(row.item, self.from_warehouse, -quantity, Basis.AVERAGE, row=row.name)
			yield Movement(row.item, self.to_warehouse, quantity, Basis.PRODUCED, row=row.name)

	def set_costs(self, entries: Sequence[Entry]) -> None:
		total = ZERO
		for row, received in zip(self.items, entries[1::2], strict=True):
			row.unit_cost = float(received.unit_cost)
			row.value = float(received.value)
			total += received.value
		self.total_value = float(total)
