from bottle_mfg.controllers.client_document import ClientRow


class BottleStockTransferItem(ClientRow):
	"""A line of a transfer."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		item: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		quantity: DF.Float
		unit_cost: DF.Currency
		value: DF.Currency
	# end: auto-generated types
