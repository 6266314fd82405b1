from bottle_mfg.controllers.masters import StockMaster


class BottleItem(StockMaster):
	"""What the factory buys, makes, uses up or sells."""

	ledger_field = "item"
	name_field = "item_code"

	def before_validate(self) -> None:
		self.item_name = self.item_name or self.item_code
		self.barcode = self.barcode or None
