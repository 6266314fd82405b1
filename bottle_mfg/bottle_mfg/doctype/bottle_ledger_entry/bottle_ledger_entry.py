import frappe

from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleLedgerEntry(LedgerDocument):
	"""One movement of one item in one warehouse, and the balance it left."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		balance_quantity: DF.Float
		balance_value: DF.Currency
		basis: DF.Literal["Declared", "Average", "Produced", "Credited", "Returned"]
		cancel_number: DF.Int
		cancel_seal: DF.Data | None
		chain_number: DF.Int
		declared_value: DF.Currency
		is_cancelled: DF.Check
		item: DF.Link | None
		name: DF.Int | None
		origin_row: DF.Data | None
		origin_start: DF.Float
		posting_datetime: DF.Datetime | None
		quantity: DF.Float
		seal: DF.Data | None
		sequence: DF.Int
		value: DF.Currency
		voucher_no: DF.DynamicLink | None
		voucher_row: DF.Data | None
		voucher_type: DF.Link | None
		warehouse: DF.Link | None
	# end: auto-generated types


def on_doctype_update() -> None:
	frappe.db.add_index(
		"Bottle Ledger Entry", ["item", "warehouse", "posting_datetime", "sequence"], "ledger_order"
	)
	frappe.db.add_index("Bottle Ledger Entry", ["posting_datetime", "sequence"], "posting_order")
	frappe.db.add_index("Bottle Ledger Entry", ["item", "origin_row"], "item_origin")
	# Posting asks for it by name. Some releases of Frappe call the index of a searched field so, others do not.
	frappe.db.add_index("Bottle Ledger Entry", ["voucher_no", "sequence"], "voucher_no")
