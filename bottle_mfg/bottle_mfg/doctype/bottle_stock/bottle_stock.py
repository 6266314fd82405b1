from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleStock(LedgerDocument):
	"""What a warehouse holds of an item, now."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		chain_number: DF.Int
		chain_start: DF.Data | None
		item: DF.Link | None
		last_posting: DF.Datetime | None
		last_updated: DF.Datetime | None
		quantity: DF.Float
		seal: DF.Data | None
		unit_cost: DF.Currency
		value: DF.Currency
		warehouse: DF.Link | None
	# end: auto-generated types
