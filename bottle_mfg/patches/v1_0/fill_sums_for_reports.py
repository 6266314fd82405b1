"""Sales say how many pieces they are of, and blows what their preforms cost, in their index too. They did not before."""

from __future__ import annotations

import frappe

from bottle_mfg.bottle_mfg.doctype.blow.blow import PRODUCTION_INDEX


def execute() -> None:
	"""Fill `total_quantity` of sales and `preform_cost` of submitted and cancelled blows. May run more than once."""
	_renew_index()
	frappe.db.sql(
		"""update `tabBottle Sale` sale
		join (
			select parent, sum(quantity) quantity from `tabBottle Sale Item`
			where parenttype = 'Bottle Sale' group by parent
		) sold on sold.parent = sale.name
		set sale.total_quantity = sold.quantity
		where sale.total_quantity != sold.quantity"""
	)
	frappe.db.sql(
		"""update `tabBlow` blow
		join (
			select voucher_no, item, sum(-value) cost from `tabBottle Ledger Entry`
			where voucher_type = 'Blow' and quantity < 0 group by voucher_no, item
		) used on used.voucher_no = blow.name and used.item = blow.from_item
		set blow.preform_cost = used.cost
		where blow.preform_cost != used.cost"""
	)


def _renew_index() -> None:
	columns = frappe.db.sql("show index from `tabBlow` where Key_name = 'production'", as_dict=True)
	if [one.Column_name for one in columns] != PRODUCTION_INDEX:
		if columns:
			frappe.db.sql_ddl("alter table `tabBlow` drop index production")
		frappe.db.add_index("Blow", PRODUCTION_INDEX, "production")
