from bottle_mfg.controllers.masters import StockMaster


class BottleWarehouse(StockMaster):
	"""A place where stock is kept."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		disabled: DF.Check
		warehouse_name: DF.Data
	# end: auto-generated types

	ledger_field = "warehouse"
	name_field = "warehouse_name"
