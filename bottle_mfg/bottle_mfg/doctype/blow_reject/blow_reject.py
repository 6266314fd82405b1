import frappe

from bottle_mfg.controllers.client_document import ClientRow


class BlowReject(ClientRow):
	"""Why some preforms or bottles were lost."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		quantity: DF.Float
		reason: DF.Literal[
			"",
			"Start-up",
			"Short shot",
			"Burst",
			"Off-centre gate",
			"Haze",
			"Pearlescence",
			"Uneven wall",
			"Neck damage",
			"Scratches",
			"Leak",
			"Other",
		]
		stage: DF.Literal["Preform", "Bottle"]
	# end: auto-generated types


def on_doctype_update() -> None:
	# What was lost, by the document it was lost in: the production report asks for thousands of them.
	frappe.db.add_index("Blow Reject", ["parent", "parenttype", "stage", "reason", "quantity"], "losses")
