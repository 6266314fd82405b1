from bottle_mfg.controllers.masters import Partner


class BottleSupplier(Partner):
	"""Whom the factory buys from."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.SmallText | None
		disabled: DF.Check
		email: DF.Data | None
		notes: DF.SmallText | None
		phone: DF.Data | None
		supplier_name: DF.Data
		tax_id: DF.Data | None
	# end: auto-generated types
