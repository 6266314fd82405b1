"""The laws of the ledger, asked of the database as sums over whole tables, or over some items' part of them.

What has to be equal is put in one heap, one side of it negative: a group that does not add up to nothing is a fault.
"""

from __future__ import annotations

from collections.abc import Sequence

import frappe

_BROKEN = {
	"a running balance is not the sum of what came before": """
		select name from (
			select name, balance_quantity, balance_value,
				sum(quantity) over running as quantity, sum(value) over running as value
			from `tabBottle Ledger Entry` where is_cancelled = 0 and {item}
			window running as (partition by item, warehouse order by posting_datetime, sequence)
		) entries
		where balance_quantity != quantity or balance_value != value or quantity < 0 or value < 0
			or (quantity = 0 and value != 0)
		limit 1""",
	"a balance is not the sum of its entries": """
		select item, warehouse from (
			select item, warehouse, quantity, value from `tabBottle Stock` where {item}
			union all
			select item, warehouse, -quantity, -value from `tabBottle Ledger Entry` where is_cancelled = 0 and {item}
		) heap
		group by item, warehouse having sum(quantity) != 0 or sum(value) != 0 limit 1""",
	"a daily total is not the sum of its day": """
		select day, item, warehouse from (
			select date as day, item, warehouse, quantity, value, cost_of_goods from `tabBottle Daily Total` where {item}
			union all
			select date(posting_datetime), item, warehouse, -quantity, -value,
				case when voucher_type = 'Bottle Sale' then value else 0 end
			from `tabBottle Ledger Entry` where is_cancelled = 0 and {item}
		) heap
		group by day, item, warehouse having sum(quantity) != 0 or sum(value) != 0 or sum(cost_of_goods) != 0 limit 1""",
}
_BROKEN_BY_DOCUMENTS = {
	"a line of a sale does not have the cost that the ledger says": """
		select voucher_row from (
			select voucher_row, value from `tabBottle Ledger Entry`
			where voucher_type = 'Bottle Sale' and is_cancelled = 0 and {item}
			union all
			select name, cost from `tabBottle Sale Item` where docstatus = 1 and parenttype = 'Bottle Sale' and {item}
		) heap
		group by voucher_row having sum(value) != 0 limit 1""",
	"a sale does not have the cost of its lines": """
		select sale from (
			select name as sale, cost_of_goods as cost from `tabBottle Sale` where docstatus = 1 and {sale}
			union all
			select parent, -cost from `tabBottle Sale Item` where docstatus = 1 and parenttype = 'Bottle Sale'
				and {line_sale}
		) heap
		group by sale having sum(cost) != 0 limit 1""",
}


def assert_laws(documents: bool = True, items: Sequence[str] | None = None) -> None:
	"""Raise `AssertionError`, naming a row, where the ledger (and with `documents`, the sales) breaks a law.

	With `items`, only what concerns them is looked at.
	"""
	sales = "in (select parent from `tabBottle Sale Item` where item in %(items)s)"
	only = {
		"item": "item in %(items)s" if items else "true",
		"sale": f"name {sales}" if items else "true",
		"line_sale": f"parent {sales}" if items else "true",
	}
	for broken, query in (_BROKEN | _BROKEN_BY_DOCUMENTS if documents else _BROKEN).items():
		found = frappe.db.sql(query.format(**only), {"items": items or []})
		assert not found, f"{broken}: {found[0]}"
