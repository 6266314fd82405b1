import frappe

from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleLedgerEntry(LedgerDocument):
	"""One movement of one item in one warehouse, and the balance it left."""


def on_doctype_update() -> None:
	frappe.db.add_index(
		"Bottle Ledger Entry", ["item", "warehouse", "posting_datetime", "sequence"], "ledger_order"
	)
	frappe.db.add_index("Bottle Ledger Entry", ["posting_datetime", "sequence"], "posting_order")
