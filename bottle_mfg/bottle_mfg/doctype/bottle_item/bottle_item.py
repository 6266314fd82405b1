import frappe
from frappe import _

from bottle_mfg.alerts import low_stock
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.masters import StockMaster


class BottleItem(StockMaster):
	"""What the factory buys, makes, uses up or sells."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		barcode: DF.Data | None
		colour: DF.Data | None
		disabled: DF.Check
		grade: DF.Literal["", "A", "B", "C"]
		hsn_code: DF.Data | None
		image: DF.AttachImage | None
		item_code: DF.Data
		item_name: DF.Data
		item_type: DF.Literal["", "Preform", "Bottle", "Sold", "Consumable"]
		lead_time_days: DF.Int
		neck_finish: DF.Data | None
		reorder_level: DF.Float
		reorder_qty: DF.Float
		selling_price: DF.Currency
		size_ml: DF.Int
		uom: DF.Literal["pcs", "kg", "litre"]
		weight_g: DF.Float
	# end: auto-generated types

	ledger_field = "item"
	name_field = "item_code"

	def before_validate(self) -> None:
		self.item_name = self.item_name or self.item_code
		if isinstance(self.barcode, str):
			self.barcode = self.barcode.strip()
		self.barcode = self.barcode or None

	def check(self, faults: Faults) -> None:
		super().check(faults)
		# A scanned text has to mean one item: it may be a barcode or an item code.
		for fieldname, same in (("barcode", "barcode"), ("barcode", "name"), ("item_code", "barcode")):
			text = self.get(fieldname)
			other = text and isinstance(text, str) and frappe.db.get_value("Bottle Item", {same: text})
			if other and other != self.name:
				sentence = _("{0} is the barcode or code of {1} already").format(text, other)
				faults.add(fieldname, sentence, "unique")

	def named_by(self, doctype: str) -> str | None:
		"""The field of a DocType's documents that names the item, where the item's type decides that."""
		if doctype != "Blow":
			return None
		return {"Preform": "from_item", "Bottle": "to_item"}.get(self.item_type, "item")

	def on_update(self) -> None:
		low_stock.item_changed(self)

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		super().after_rename(old, new, merge)
		low_stock.item_named(new)

	def on_trash(self) -> None:
		low_stock.item_named(self.name)
