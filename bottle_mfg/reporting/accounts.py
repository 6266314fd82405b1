"""How it stands with a customer or supplier, and with one of their bills, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import ZERO
from bottle_mfg.payments.bills import Kind
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.ageing import outstanding
from bottle_mfg.reporting.bills import Seen

_OF_PARTY = "force index (latest)"
"""Left to itself, MariaDB goes back through everybody's days until it has found some of the party's: all of them, if it has
not been here for long."""

_NEWEST = "order by date desc, name desc"


@dataclass(frozen=True)
class Account:
	"""What is to be paid of a party's bills (currency), what of that is late, and what is to be refunded."""

	outstanding: Decimal
	overdue: Decimal
	to_refund: Decimal
	open_bills: int
	oldest_due: date | None


def account(seen: Seen, party: str) -> Account:
	"""The account of a party as of today, of the bills that the user may see."""
	today = getdate(nowdate())
	found = outstanding(seen, today, party)
	bills = [one for one in found if not one.is_return]
	return Account(
		sum((one.outstanding for one in found), ZERO),
		sum((one.outstanding for one in bills if one.days_late(today)), ZERO),
		-sum((one.outstanding for one in found if one.is_return), ZERO),
		len(bills),
		min((one.due for one in bills), default=None),
	)


def last_bills(seen: Seen, party: str, most: int) -> list[dict[str, Any]]:
	"""The latest bills of a party, returns too, that stand; by their days, as imported ones have numbers of any kind."""
	condition, values = seen.bills()
	return _rows(
		seen.kind,
		f"{_OF_PARTY} where `{seen.kind.party}` = %s and docstatus = 1{condition} {_NEWEST} limit %s",
		(party, *values, most),
	)


def returns_of(seen: Seen, bill: str) -> list[dict[str, Any]]:
	"""What came back of a bill, as far as the user may see it, in the order of days."""
	condition, values = seen.bills()
	return _rows(
		seen.kind,
		f"where return_against = %s and docstatus = 1{condition} order by date, name",
		(bill, *values),
	)


def payments_of(seen: Seen, which: str, value: str, most: int) -> list[dict[str, Any]]:
	"""The latest payments whose `which` (party or reference_name: no client says it) is `value`, the newest first.

	Drafts and failed attempts, too, so that nobody prepares one a second time.
	"""
	condition, values = seen.payments()
	rows = frappe.db.sql(
		f"""select name, date, reference_name, direction, mode, transaction_ref, result, failure_reason, docstatus,
			cast(amount as char) amount
		from `tabBottle Payment` {_OF_PARTY if which == "party" else ""}
		where `{which}` = %s and docstatus < 2{condition} {_NEWEST} limit %s""",
		(value, *values, most),
		as_dict=True,
	)
	return [{**row, "date": str(row.date), "amount": float(exact(row.amount))} for row in rows]


def _rows(kind: Kind, which: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
	rows = frappe.db.sql(
		f"""select name, date, due_date, is_return, payment_status, cast(`{kind.total}` as char) total,
			cast(outstanding_amount as char) outstanding
		from `tab{kind.doctype}` {which}""",
		values,
		as_dict=True,
	)
	return [
		{
			"name": row.name,
			"date": str(row.date),
			"due_date": str(row.due_date) if row.due_date else None,
			"is_return": bool(row.is_return),
			"payment_status": row.payment_status,
			"total": float(exact(row.total)),
			"outstanding": float(exact(row.outstanding)),
		}
		for row in rows
	]
