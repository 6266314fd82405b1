"""A customer's account: what was billed and paid, in the order of days, with the balance after each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from bottle_mfg.controllers.numbers import day
from bottle_mfg.payments.bills import KINDS
from bottle_mfg.portal.access import open_page
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.filters import MOST_DAYS
from bottle_mfg.reporting.statements import statement

no_cache = 1
_USUAL = timedelta(days=90)


def get_context(context: Any) -> None:
	"""Raises `Redirect` for guests and `PermissionError` for who is no customer. Days that are none count as left out."""
	customer = open_page(context, _("My Account"))
	today = getdate(nowdate())
	last = min(day(frappe.form_dict.get("to_date")) or today, today)
	first = day(frappe.form_dict.get("from_date")) or last - _USUAL
	first = max(min(first, last), last - timedelta(days=MOST_DAYS))
	context.first, context.last = first, last
	whole = Seen(KINDS["Bottle Sale"], (), (), own=False)  # his bills, whoever wrote them
	context.statement = statement(whole, customer, first, last)
