from bottle_mfg.controllers.masters import StockMaster


class BottleWarehouse(StockMaster):
	"""A place where stock is kept."""

	ledger_field = "warehouse"
	name_field = "warehouse_name"
