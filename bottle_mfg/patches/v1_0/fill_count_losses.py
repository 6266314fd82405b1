"""Stock counts say how much they wrote off. Those of earlier versions did not: their ledger entries tell."""

from __future__ import annotations

import frappe


def execute() -> None:
	"""Fill `lost_value` of submitted and cancelled counts. May run more than once."""
	frappe.db.sql(
		"""update `tabBottle Stock Count` counted
		join (
			select voucher_no, sum(-value) lost from `tabBottle Ledger Entry`
			where voucher_type = 'Bottle Stock Count' and quantity < 0 group by voucher_no
		) entries on entries.voucher_no = counted.name
		set counted.lost_value = entries.lost
		where counted.lost_value != entries.lost"""
	)
