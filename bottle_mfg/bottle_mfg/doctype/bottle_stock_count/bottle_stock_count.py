from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from frappe import _
from frappe.model.document import Document

from bottle_mfg import posting
from bottle_mfg.alerts import count_losses
from bottle_mfg.controllers.booked import booked, counted_at, last_known
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import day, stored, time_of_day
from bottle_mfg.controllers.opening import refuse_opening
from bottle_mfg.controllers.stock_document import StockDocument, items_by_code
from bottle_mfg.errors import plain
from bottle_mfg.ledger import ZERO, Balance, Basis, Entry, Key, Movement, divide, value

NOTHING = Balance()
USUAL_REASON = "Miscount"


class BottleStockCount(StockDocument):
	"""What was found in a warehouse. Submitting brings the books to it: less is a loss, more is a gain.

	The differences are found under the ledger's lock, against what the books have at the posting time; a draft
	shows what they would be. Items that are disabled can be counted: their stock may have to be written off.

	With `is_opening` it says what was there when the books began: goods that the books know nothing of come in at the
	unit cost that their lines state, a fact as what a purchase pays, and neither a gain nor a loss.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.bottle_stock_count_item.bottle_stock_count_item import (
			BottleStockCountItem,
		)

		amended_from: DF.Link | None
		approved_amount: DF.Currency
		approved_by: DF.Link | None
		approved_content: DF.Data | None
		approved_on: DF.Datetime | None
		content_digest: DF.Data | None
		date: DF.Date
		entered_by: DF.SmallText | None
		idempotency_key: DF.Data | None
		is_opening: DF.Check
		items: DF.Table[BottleStockCountItem]
		lost_value: DF.Currency
		needs_approval: DF.Check
		notes: DF.SmallText | None
		posting_time: DF.Time | None
		status: DF.Literal["Draft", "Pending Approval", "Counted", "Cancelled"]
		value_difference: DF.Currency
		warehouse: DF.Link
		workflow_state: DF.Data | None
	# end: auto-generated types

	prefix = "SC"

	def check(self, faults: Faults) -> None:
		if self.is_opening:
			refuse_opening(self)
		items = items_by_code(row.item for row in self.items)
		first: dict[str, int] = {}
		for row in self.items:
			pieces = row.item in items and items[row.item].uom == "pcs"
			faults.quantity("counted_quantity", row, above_zero=False, whole=pieces)
			if row.item and first.setdefault(row.item, row.idx) != row.idx:
				sentence = _("{0} was counted in row {1} already").format(row.item, first[row.item])
				faults.add("item", sentence, "duplicate", row)
			self._check_opening(faults, row)

	def _check_opening(self, faults: Faults, row: Document) -> None:
		if not self.is_opening:
			if row.opening_cost:
				faults.add("opening_cost", _("Only opening stock states a cost"), "is_opening", row)
			return
		if row.counted_quantity and not faults.price("opening_cost", row):
			# What is worth nothing comes in with an ordinary count.
			label = _(row.meta.get_label("opening_cost"))
			faults.add("opening_cost", _("{0} is missing").format(label), "missing", row)

	def on_submit(self) -> None:
		count_losses.note(self)

	def set_totals(self) -> None:
		moment = counted_at(day(self.date), time_of_day(self.posting_time))
		held = booked(self.warehouse, moment, [row.item for row in self.items])
		self._compare({Key(item, self.warehouse): balance for item, balance in held.items()})
		for row in self.items:
			row.unit_cost = row.value_difference = 0
		self.value_difference = 0
		self.lost_value = float(sum((self._expected_loss(row, held) for row in self.items), ZERO))
		self.status = "Counted" if self.docstatus == 1 else "Draft"

	def voucher(self) -> posting.Voucher:
		counted = [Key(row.item, self.warehouse) for row in self.items]
		return replace(super().voucher(), movements=self.differences, counted=counted)

	def movements(self) -> list[Movement]:
		return []  # none is known before the balances are

	def differences(self, held: Mapping[Key, Balance]) -> list[Movement]:
		"""What it takes to bring these balances to what was counted."""
		self._compare(held)
		if self.is_opening:
			return self._opened(held)
		differing = [row for row in self.items if row.difference]
		for row in differing:
			row.reason = row.reason or USUAL_REASON
		new = [row.item for row in differing if not self._held(row, held).quantity]
		known = last_known(self.warehouse, new)
		return [
			Movement(
				row.item,
				self.warehouse,
				stored(row.difference),
				Basis.AVERAGE,
				_worth(stored(row.difference), known.get(row.item, self._held(row, held))),
				row.name,
			)
			for row in differing
		]

	def _opened(self, held: Mapping[Key, Balance]) -> list[Movement]:
		"""The goods that were there from the beginning, at their stated worth."""
		faults = Faults(self)
		for row in self.items:
			there = self._held(row, held).quantity
			if there:
				sentence = _("{0} is in the books already: {1}").format(row.item, plain(there))
				faults.add("item", sentence, "not_empty", row)
		faults.throw()
		return [
			Movement(
				row.item,
				self.warehouse,
				stored(row.counted_quantity),
				Basis.DECLARED,
				value(stored(row.counted_quantity) * stored(row.opening_cost)),
				row.name,
			)
			for row in self.items
			if row.difference
		]

	def set_costs(self, entries: Sequence[Entry]) -> None:
		changed = {entry.movement.row: entry for entry in entries}
		for row in self.items:
			entry = changed.get(row.name)
			row.unit_cost = float(entry.unit_cost) if entry else 0
			row.value_difference = float(entry.value) if entry else 0
		self.value_difference = float(sum((entry.value for entry in entries), ZERO))
		self.lost_value = float(-sum((entry.value for entry in entries if entry.value < 0), ZERO))

	def _compare(self, held: Mapping[Key, Balance]) -> None:
		for row in self.items:
			quantity = self._held(row, held).quantity
			row.system_quantity = float(quantity)
			row.difference = float(stored(row.counted_quantity) - quantity)

	def _expected_loss(self, row: Document, held: Mapping[str, Balance]) -> Decimal:
		"""What a line of a draft would write off by the books of now; its submit finds the exact value."""
		there, missing = held.get(row.item, NOTHING), -stored(row.difference)
		return divide(there.value, missing, there.quantity) if missing > 0 and there.quantity else ZERO

	def _held(self, row: Document, held: Mapping[Key, Balance]) -> Balance:
		return held.get(Key(row.item, self.warehouse), NOTHING)


def _worth(difference: Decimal, like: Balance) -> Decimal:
	"""What is found is worth as much as what is `like` it; a loss takes its value from the ledger."""
	return divide(like.value, difference, like.quantity) if difference > 0 and like.quantity else ZERO
