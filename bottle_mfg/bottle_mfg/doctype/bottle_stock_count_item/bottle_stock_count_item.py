from bottle_mfg.controllers.client_document import ClientRow


class BottleStockCountItem(ClientRow):
	"""One item of a count: what the books had, what was found, and what the difference is worth."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		counted_quantity: DF.Float
		difference: DF.Float
		item: DF.Link
		opening_cost: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.Literal["", "Theft", "Damage", "Miscount", "Other"]
		system_quantity: DF.Float
		unit_cost: DF.Currency
		value_difference: DF.Currency
	# end: auto-generated types
