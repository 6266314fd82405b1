"""What was outstanding at the end of a day, bill by bill: from what is outstanding now, back to that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.payments.bills import OVERDUE, PARTIAL, PENDING
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.bills import Seen

_AT_ONCE = 1000


@dataclass(frozen=True)
class Open:
	"""A bill, or a return to be refunded (below zero), of which something was outstanding."""

	party: str
	name: str
	day: date
	due: date
	is_return: bool
	outstanding: Decimal

	def days_late(self, on: date) -> int:
		"""How many days after it was due `on` is; 0 where it is not due, or is a return."""
		return 0 if self.is_return else max((on - self.due).days, 0)


def outstanding(seen: Seen, on: date, party: str | None = None) -> list[Open]:
	"""What was outstanding at the end of a day, by party and due date.

	Reads what is open now by its index, and of a day in the past what was paid or came back after it.
	"""
	since = _since(seen, on, party) if on < getdate(nowdate()) else {}
	found: dict[str, Open] = {}
	for one in _bills(seen, on, party, "payment_status in %s", (PENDING, PARTIAL, OVERDUE)):
		found[one.name] = one
	settled = sorted(set(since) - set(found))
	for start in range(0, len(settled), _AT_ONCE):
		for one in _bills(seen, on, party, "name in %s", settled[start : start + _AT_ONCE]):
			found[one.name] = one
	then = [
		replace(one, outstanding=one.outstanding + since[one.name]) if one.name in since else one
		for one in found.values()
	]
	return sorted(
		(one for one in then if one.outstanding), key=lambda one: (one.party, one.due, one.day, one.name)
	)


def _bills(seen: Seen, on: date, party: str | None, which: str, names: Collection[str]) -> Iterator[Open]:
	kind = seen.kind
	condition, values = seen.bills()
	of_party = f" and `{kind.party}` = %s" if party else ""
	for owed_by, name, day, due, is_return, amount in frappe.db.sql(
		f"""select `{kind.party}`, name, date, due_date, is_return, cast(outstanding_amount as char)
		from `tab{kind.doctype}` where {which} and date <= %s and docstatus = 1{of_party}{condition}""",
		(names, on, *([party] if party else []), *values),
	):
		yield Open(owed_by, name, day, due or day, bool(is_return), exact(amount))


def _since(seen: Seen, on: date, party: str | None) -> dict[str, Decimal]:
	"""By bill of that day or before, what was taken off it after the day: payments, and what of returns it was credited."""
	kind = seen.kind
	taken_off: dict[str, Decimal] = defaultdict(Decimal)
	named = [party] if party else []
	condition, values = seen.payments()
	of_party = " and payment.party = %s" if party else ""
	for name, amount in frappe.db.sql(
		f"""select payment.reference_name, cast(sum(if(payment.direction = %s, payment.amount, -payment.amount)) as char)
		from `tabBottle Payment` payment {"" if party else "force index (paid_on)"}
		straight_join `tab{kind.doctype}` bill on bill.name = payment.reference_name
		where payment.date > %s and payment.docstatus = 1 and payment.result = 'Completed' and bill.date <= %s
			{of_party}{condition}
		group by payment.reference_name""",
		(kind.pays, on, on, *named, *values),
	):
		taken_off[name] += exact(amount)
	condition, values = seen.named_by("return_against")
	of_party = f" and `{kind.party}` = %s" if party else ""
	for name, amount in frappe.db.sql(
		f"""select return_against, cast(-sum(credited_amount) as char) from `tab{kind.doctype}`
		where date > %s and is_return = 1 and docstatus = 1{of_party}{condition} group by return_against""",
		(on, *named, *values),
	):
		taken_off[name] += exact(amount)
	return taken_off
