"""Bills of before there were payments: nothing was paid of any, and no return had reduced what its original owes."""

from __future__ import annotations

import frappe

from bottle_mfg.payments import overdue
from bottle_mfg.payments.bills import KINDS, PAID, hold, save


def execute() -> None:
	"""Credit returns to their originals in the order they were made, and say on every bill how far it is paid."""
	for doctype in KINDS:
		for original, back in frappe.db.sql(
			f"""select return_against, name from `tab{doctype}`
			where is_return = 1 and docstatus = 1 and credited_amount = 0 and paid_amount = 0
			order by creation, name"""
		):
			_credit(doctype, original, back)
		frappe.db.sql(
			f"""update `tab{doctype}` set payment_status = %s
			where docstatus = 1 and outstanding_amount = 0 and payment_status != %s""",
			(PAID, PAID),
		)
	overdue.mark()


def _credit(doctype: str, original_name: str, return_name: str) -> None:
	original, back = hold(doctype, original_name), hold(doctype, return_name)
	back.credited -= original.take_credit(back.left)
	for bill in (original, back):
		save(bill)
