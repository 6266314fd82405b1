from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from frappe import _

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.controllers.stock_document import StockDocument, check_item, default_blow_cost, items_by_code
from bottle_mfg.errors import plain
from bottle_mfg.ledger import ZERO, Basis, Entry, Movement, value


class Blow(StockDocument):
	"""Preforms blown into bottles. The good bottles carry all of the cost: rejects make them dearer."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.blow_reject.blow_reject import BlowReject

		amended_from: DF.Link | None
		blow_cost_per_unit: DF.Currency
		conversion_cost: DF.Currency
		date: DF.Date
		from_item: DF.Link
		good_quantity: DF.Float
		machine: DF.Data | None
		material_cost: DF.Currency
		notes: DF.SmallText | None
		operator: DF.Data | None
		posting_time: DF.Time | None
		produced_unit_cost: DF.Currency
		quantity: DF.Float
		reject_quantity: DF.Float
		rejects: DF.Table[BlowReject]
		shift: DF.Literal["", "Morning", "Evening", "Night"]
		to_item: DF.Link
		total_cost: DF.Currency
		warehouse: DF.Link
	# end: auto-generated types

	prefix = "BL"

	def before_validate(self) -> None:
		super().before_validate()
		if self.blow_cost_per_unit is None:
			self.blow_cost_per_unit = default_blow_cost()

	def check(self, faults: Faults) -> None:
		items = items_by_code([self.from_item, self.to_item])
		preform = check_item(faults, items, "from_item")
		bottle = check_item(faults, items, "to_item")
		if preform and preform.item_type != "Preform":
			faults.add("from_item", _("{0} is not a preform").format(preform.name), "item_type")
		if bottle and bottle.item_type != "Bottle":
			faults.add("to_item", _("{0} is not a bottle").format(bottle.name), "item_type")
		pieces = preform.uom == "pcs"
		quantity = faults.quantity("quantity", whole=pieces)
		good = faults.quantity("good_quantity", whole=bottle.uom == "pcs")
		faults.price("blow_cost_per_unit")
		if quantity and good > quantity:
			faults.add(
				"good_quantity",
				_("{0} good bottles cannot come from {1} preforms").format(plain(good), plain(quantity)),
				"less_than_equal",
			)
		rejected = sum((faults.quantity("quantity", row, whole=pieces) for row in self.rejects), ZERO)
		if rejected > max(quantity - good, ZERO):
			faults.add(
				"rejects",
				_("The rejects by reason add up to {0}, but only {1} were lost").format(
					plain(rejected), plain(max(quantity - good, ZERO))
				),
				"less_than_equal",
			)

	def set_totals(self) -> None:
		self.reject_quantity = float(stored(self.quantity) - stored(self.good_quantity))
		self.conversion_cost = float(self._conversion_cost())
		self.material_cost = self.total_cost = self.produced_unit_cost = 0

	def movements(self) -> list[Movement]:
		return [
			Movement(self.from_item, self.warehouse, -stored(self.quantity), Basis.AVERAGE),
			Movement(
				self.to_item,
				self.warehouse,
				stored(self.good_quantity),
				Basis.PRODUCED,
				self._conversion_cost(),
			),
		]

	def set_costs(self, entries: Sequence[Entry]) -> None:
		consumed, produced = entries
		self.material_cost = float(-consumed.value)
		self.total_cost = float(produced.value)
		self.produced_unit_cost = float(produced.unit_cost)

	def _conversion_cost(self) -> Decimal:
		return value(stored(self.quantity) * stored(self.blow_cost_per_unit))
