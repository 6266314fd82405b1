import frappe

from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleDailyTotal(LedgerDocument):
	"""What a day did to an item in a warehouse."""


def on_doctype_update() -> None:
	frappe.db.add_index("Bottle Daily Total", ["item", "warehouse", "date"], "item_warehouse_date")
