from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleReturnedGoods(LedgerDocument):
	"""What has come back of the sale or purchase with its name. Exists once something has, or it was cancelled."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		is_cancelled: DF.Check
		parts: DF.LongText | None
		voucher_type: DF.Data | None
	# end: auto-generated types
