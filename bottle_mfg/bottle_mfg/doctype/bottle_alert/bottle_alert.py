import frappe

from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleAlert(LedgerDocument):
	"""Something that people were told of and that is not over: they are not told again. Alerts write it alone."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		claim: DF.Data | None
		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		kind: DF.Literal["Low Stock", "Overdue", "Reject Rate", "Count Loss", "Correction"]
		occasion: DF.Data | None
	# end: auto-generated types


def on_doctype_update() -> None:
	frappe.db.add_unique(
		"Bottle Alert", ["kind", "document_type", "document_name", "occasion"], constraint_name="told_once"
	)
