"""Closed periods: the day up to which the books may no longer change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from bottle_mfg.errors import ClosedPeriodError, throw

CLOSED_UNTIL = """select value, 0 from `tabSingles` where doctype = 'Bottle Mfg Settings' and field = 'closed_until'
	lock in share mode"""
"""Reads with a lock: whoever closes a period waits for the postings under way, and these see the newest closing. The
second column tells its row from others that are read with it."""


def refuse_closed(day: date) -> None:
	"""Raise `ClosedPeriodError` where `day` lies in a closed period."""
	check_open(day, frappe.db.sql(CLOSED_UNTIL, pluck=True))


def check_open(day: date, closed_until: Sequence[str | None]) -> None:
	"""Raise `ClosedPeriodError` where `day` lies in the period of which `CLOSED_UNTIL` found the end."""
	until = getdate(closed_until[0]) if closed_until and closed_until[0] else None
	if until and day <= until:
		throw(
			ClosedPeriodError(
				_("The books are closed until {0}; {1} can no longer be changed.").format(
					formatdate(until), formatdate(day)
				),
				closed_until=str(until),
			)
		)
