from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleCostChange(LedgerDocument):
	"""A document whose cost changed when the past was corrected: from what, to what, because of which document."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		because_of: DF.DynamicLink | None
		because_of_type: DF.Link | None
		document: DF.DynamicLink | None
		document_type: DF.Link | None
		name: DF.Int | None
		new_cost: DF.Currency
		old_cost: DF.Currency
		posting_datetime: DF.Datetime | None
	# end: auto-generated types
