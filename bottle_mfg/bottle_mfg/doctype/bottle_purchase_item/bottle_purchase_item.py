from bottle_mfg.controllers.client_document import ClientRow


class BottlePurchaseItem(ClientRow):
	"""A line of a purchase."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		against_row: DF.Data | None
		amount: DF.Currency
		item: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		quantity: DF.Float
		returned_start: DF.Float
		unit_price: DF.Currency
	# end: auto-generated types

	@classmethod
	def filled_in(cls) -> set[str]:
		return {"unit_price"}
