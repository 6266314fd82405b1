"""Bills become overdue by the passing of days alone: a daily job says so on them."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.utils import getdate, now_datetime, nowdate

from bottle_mfg.payments.bills import KINDS, OVERDUE, PARTIAL, PENDING

BATCH = 200
"""Bills that one transaction marks: few, so that nobody who pays one of them waits."""

_ATTEMPTS = 5


def mark(today: date | None = None) -> int:
	"""Mark every bill that was due before `today` and is not paid; gives how many. Commits each batch."""
	today = today or getdate(nowdate())
	marked = 0
	for doctype in KINDS:
		while names := _due(doctype, today):
			marked += _mark(doctype, names)
	return marked


def _due(doctype: str, today: date) -> list[str]:
	"""Some of the bills to mark, as this transaction sees them: their index is read as far as that goes."""
	return frappe.db.sql(
		f"""select name from `tab{doctype}` force index (payment_due)
		where payment_status in %s and due_date < %s and docstatus = 1 and outstanding_amount > 0
		limit {BATCH}""",
		((PENDING, PARTIAL), today),
		pluck=True,
	)


def _mark(doctype: str, names: list[str]) -> int:
	"""Mark those of them that are still to be marked; who pays or corrects one at this moment goes first."""
	for attempt in range(1, _ATTEMPTS + 1):
		try:
			frappe.db.sql(
				f"""update `tab{doctype}` set payment_status = %s, modified = %s
				where name in %s and payment_status in %s and docstatus = 1""",
				(OVERDUE, now_datetime(), sorted(names), (PENDING, PARTIAL)),
			)
			count = int(frappe.db.sql("select row_count()")[0][0])
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			if attempt == _ATTEMPTS:
				raise
		else:
			frappe.db.commit()
			frappe.clear_document_cache(doctype)
			return count
	return 0
