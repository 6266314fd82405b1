from bottle_mfg.controllers.client_document import ClientRow


class BlowMaterial(ClientRow):
	"""What a blow used beside the preforms, or what it made beside the bottles."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		item: DF.Link
		kind: DF.Literal["Used", "By-product"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		quantity: DF.Float
		rate: DF.Currency
	# end: auto-generated types
