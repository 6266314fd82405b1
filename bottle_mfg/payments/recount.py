"""What bills keep of their payments and returns, compared with these, and put right."""

from __future__ import annotations

from collections.abc import Iterator

import frappe

from bottle_mfg.payments.bills import KINDS, Kind, hold, save
from bottle_mfg.posting.documents import Difference
from bottle_mfg.posting.sql import exact

_COUNTED = """select bill.name, cast(bill.{total} as char), cast(bill.paid_amount as char),
		cast(bill.credited_amount as char), cast(bill.outstanding_amount as char),
		cast(if(bill.is_return, -1, 1) * coalesce(payment.amount, 0) as char),
		cast(if(bill.is_return, bill.credited_amount, -coalesce(back.credited, 0)) as char)
	from `tab{doctype}` bill
	left join (
		select reference_name, sum(amount) amount from `tabBottle Payment`
		where reference_type = %(doctype)s and docstatus = 1 and result = 'Completed' {of_payment}
		group by reference_name
	) payment on payment.reference_name = bill.name
	left join (
		select return_against, sum(credited_amount) credited from `tab{doctype}`
		where is_return = 1 and docstatus = 1 group by return_against
	) back on back.return_against = bill.name
	where bill.docstatus = 1 {of_bill}"""


def differences() -> Iterator[Difference]:
	"""Every bill that does not say what was paid of it, what came back, or what is left. Locks nothing."""
	for kind in KINDS.values():
		for name, total, *kept, paid, credited in _counted(kind):
			should = (exact(paid), exact(credited), exact(total) - exact(paid) - exact(credited))
			columns = ("paid_amount", "credited_amount", "outstanding_amount")
			for column, was, expected in zip(columns, map(exact, kept), should, strict=True):
				if was != expected:
					yield Difference(kind.doctype, name, column, was, expected)


def rebuild() -> set[tuple[str, str]]:
	"""Make every bill say what its payments and returns say; gives those that did not, as (DocType, name)."""
	wrong = {(one.doctype, one.name) for one in differences()}
	for doctype, name in sorted(wrong):
		bill = hold(doctype, name)
		((*_figures, paid, credited),) = _counted(KINDS[doctype], name)
		bill.paid, bill.credited = exact(paid), exact(credited)
		save(bill)
	return wrong


def _counted(kind: Kind, name: str | None = None) -> list[tuple[str, ...]]:
	query = _COUNTED.format(
		total=kind.total,
		doctype=kind.doctype,
		of_payment="and reference_name = %(name)s" if name else "",
		of_bill="and bill.name = %(name)s" if name else "",
	)
	return frappe.db.sql(query, {"doctype": kind.doctype, "name": name})
