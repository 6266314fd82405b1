import frappe

from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleDailyTotal(LedgerDocument):
	"""What a day did to an item in a warehouse."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		consumed_quantity: DF.Float
		consumed_value: DF.Currency
		conversion_cost: DF.Currency
		cost_of_goods: DF.Currency
		credited_quantity: DF.Float
		credited_value: DF.Currency
		date: DF.Date | None
		gained_quantity: DF.Float
		gained_value: DF.Currency
		item: DF.Link | None
		lost_quantity: DF.Float
		lost_value: DF.Currency
		moved_in_quantity: DF.Float
		moved_in_value: DF.Currency
		moved_out_quantity: DF.Float
		moved_out_value: DF.Currency
		opened_quantity: DF.Float
		opened_value: DF.Currency
		produced_quantity: DF.Float
		produced_value: DF.Currency
		purchased_quantity: DF.Float
		purchased_value: DF.Currency
		quantity: DF.Float
		return_difference: DF.Currency
		revenue: DF.Currency
		sold_quantity: DF.Float
		value: DF.Currency
		warehouse: DF.Link | None
	# end: auto-generated types


def on_doctype_update() -> None:
	frappe.db.add_index("Bottle Daily Total", ["item", "warehouse", "date"], "item_warehouse_date")
