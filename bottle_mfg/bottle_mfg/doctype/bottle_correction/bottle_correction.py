from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleCorrection(LedgerDocument):
	"""A correction of the past that is so large that it runs in the background: how far it is, or why it failed."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["Submit", "Cancel"]
		document: DF.DynamicLink | None
		document_modified: DF.Datetime | None
		document_type: DF.Link | None
		entries: DF.Int
		error: DF.SmallText | None
		finished_at: DF.Datetime | None
		name: DF.Int | None
		reached: DF.LongText | None
		since: DF.Datetime | None
		started_at: DF.Datetime | None
		status: DF.Literal["Queued", "Running", "Done", "Failed"]
	# end: auto-generated types
