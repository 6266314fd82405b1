from bottle_mfg.controllers.masters import StockMaster


class BottleWarehouse(StockMaster):
	"""A place where stock is kept."""

	ledger_field = "warehouse"

	def validate(self) -> None:
		self.check_name("warehouse_name")
