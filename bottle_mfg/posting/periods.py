"""Closed periods: the day up to which the books may no longer change."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from bottle_mfg.errors import ClosedPeriodError, throw


def refuse_closed(day: date) -> None:
	"""Raise `ClosedPeriodError` where `day` lies in a closed period.

	Read with a lock: whoever closes a period waits for the postings under way, and these see the newest closing.
	"""
	closed = frappe.db.sql(
		"""select value from `tabSingles` where doctype = 'Bottle Mfg Settings' and field = 'closed_until'
		lock in share mode"""
	)
	until = getdate(closed[0][0]) if closed and closed[0][0] else None
	if until and day <= until:
		throw(
			ClosedPeriodError(
				_("The books are closed until {0}; {1} can no longer be changed.").format(
					formatdate(until), formatdate(day)
				),
				closed_until=str(until),
			)
		)
