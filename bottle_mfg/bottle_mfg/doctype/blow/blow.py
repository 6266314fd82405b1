from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.alerts import rejects
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.fields import storable
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.controllers.stock_document import StockDocument, check_item, default_blow_cost, items_by_code
from bottle_mfg.errors import plain
from bottle_mfg.ledger import ZERO, Basis, Entry, Movement, value

USED, BY_PRODUCT = "Used", "By-product"
MATERIALS = {USED: ("Consumable",), BY_PRODUCT: ("Consumable", "Sold")}
"""The types of items that a line of each kind may have."""

PRODUCTION_INDEX = [
	"docstatus",
	"date",
	"to_item",
	"from_item",
	"shift",
	"warehouse",
	"quantity",
	"good_quantity",
	"reject_quantity",
	"preform_cost",
	"material_cost",
	"conversion_cost",
	"total_cost",
]
"""All that the production report reads of a day, so that a year of it is one stretch of an index."""


class Blow(StockDocument):
	"""Preforms blown into bottles. The good bottles carry all of the cost: rejects make them dearer.

	So do the materials that were used up with the preforms; what by-products are worth makes them cheaper.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from bottle_mfg.bottle_mfg.doctype.blow_material.blow_material import BlowMaterial
		from bottle_mfg.bottle_mfg.doctype.blow_reject.blow_reject import BlowReject

		amended_from: DF.Link | None
		approved_amount: DF.Float
		approved_by: DF.Link | None
		approved_content: DF.Data | None
		approved_on: DF.Datetime | None
		blow_cost_per_unit: DF.Currency
		content_digest: DF.Data | None
		conversion_cost: DF.Currency
		date: DF.Date
		entered_by: DF.SmallText | None
		from_item: DF.Link
		good_quantity: DF.Float
		idempotency_key: DF.Data | None
		machine: DF.Data | None
		material_cost: DF.Currency
		materials: DF.Table[BlowMaterial]
		needs_approval: DF.Check
		notes: DF.SmallText | None
		operator: DF.Data | None
		posting_time: DF.Time | None
		preform_cost: DF.Currency
		produced_unit_cost: DF.Currency
		quantity: DF.Float
		reject_quantity: DF.Float
		rejects: DF.Table[BlowReject]
		scrap_credit: DF.Currency
		shift: DF.Literal["", "Morning", "Evening", "Night"]
		to_item: DF.Link
		total_cost: DF.Currency
		warehouse: DF.Link
		workflow_state: DF.Data | None
	# end: auto-generated types

	prefix = "BL"

	def before_validate(self) -> None:
		super().before_validate()
		if self.blow_cost_per_unit is None:
			self.blow_cost_per_unit = self._usual_blow_cost()
		for row in self.materials:
			row.kind = row.kind or USED

	def _usual_blow_cost(self) -> float:
		"""What blowing one preform costs where nobody says: in an amendment, maybe of one who may not see it, what it did."""
		original: Any = self.amended_from
		# A preview comes here before it has looked at what a client sent.
		named = isinstance(original, str) and bool(original) and storable(original)
		did = frappe.db.get_value("Blow", original, "blow_cost_per_unit") if named else None
		return default_blow_cost() if did is None else did

	def check(self, faults: Faults) -> None:
		items = items_by_code([self.from_item, self.to_item, *(row.item for row in self.materials)])
		preform = check_item(faults, items, "from_item")
		bottle = check_item(faults, items, "to_item")
		if preform and preform.item_type != "Preform":
			faults.add("from_item", _("{0} is not a preform").format(preform.name), "item_type")
		if bottle and bottle.item_type != "Bottle":
			faults.add("to_item", _("{0} is not a bottle").format(bottle.name), "item_type")
		faults.price("blow_cost_per_unit")
		self._check_quantities(faults, preform, bottle)
		seen: set[str] = set()
		for row in self.materials:
			self._check_material(faults, row, check_item(faults, items, "item", row))
			code = (row.item or "").casefold()
			if code and code in seen:
				faults.add("item", _("{0} stands on two lines").format(row.item), "duplicate", row)
			seen.add(code)

	def _check_quantities(self, faults: Faults, preform: Any, bottle: Any) -> None:
		pieces = preform.uom == "pcs"
		quantity = faults.quantity("quantity", whole=pieces)
		good = faults.quantity("good_quantity", whole=bottle.uom == "pcs")
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

	def _check_material(self, faults: Faults, row: Any, item: Any) -> None:
		faults.quantity("quantity", row, whole=item.uom == "pcs")
		rate = faults.price("rate", row)
		if item and row.kind in MATERIALS and item.item_type not in MATERIALS[row.kind]:
			sentence = _("{0} is a {1}: not something that is used up, or comes out beside the bottles")
			faults.add("item", sentence.format(item.name, _(item.item_type)), "item_type", row)
		if row.kind == BY_PRODUCT and not rate:
			faults.add("rate", _("Say what one unit of the by-product is worth"), "missing", row)
		if row.kind == USED and rate:
			faults.add("rate", _("What was used up costs what it cost: no rate"), "only_by_products", row)

	def on_submit(self) -> None:
		rejects.note(self)

	def set_totals(self) -> None:
		self.reject_quantity = float(stored(self.quantity) - stored(self.good_quantity))
		self.conversion_cost = float(self._conversion_cost())
		self.preform_cost = self.material_cost = self.scrap_credit = 0
		self.total_cost = self.produced_unit_cost = 0

	def movements(self) -> list[Movement]:
		used = [(row.item, row.quantity) for row in self.materials if row.kind == USED]
		return [
			*(
				Movement(item, self.warehouse, -stored(quantity), Basis.AVERAGE)
				for item, quantity in [(self.from_item, self.quantity), *used]
			),
			*(
				Movement(
					row.item,
					self.warehouse,
					stored(row.quantity),
					Basis.CREDITED,
					value(stored(row.quantity) * stored(row.rate)),
				)
				for row in self.materials
				if row.kind == BY_PRODUCT
			),
			Movement(
				self.to_item,
				self.warehouse,
				stored(self.good_quantity),
				Basis.PRODUCED,
				self._conversion_cost(),
			),
		]

	def set_costs(self, entries: Sequence[Entry]) -> None:
		def worth(basis: Basis) -> Decimal:
			return sum((entry.value for entry in entries if entry.movement.basis is basis), ZERO)

		self.preform_cost = float(-entries[0].value)
		self.material_cost = float(-worth(Basis.AVERAGE))
		self.scrap_credit = float(worth(Basis.CREDITED))
		self.total_cost = float(entries[-1].value)
		self.produced_unit_cost = float(entries[-1].unit_cost)

	def _conversion_cost(self) -> Decimal:
		return value(stored(self.quantity) * stored(self.blow_cost_per_unit))


def on_doctype_update() -> None:
	frappe.db.add_index("Blow", PRODUCTION_INDEX, "production")
