"""What was billed to a party and paid, in the order of days, and what it owed after each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe

from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.bills import Seen

BILL, RETURN, PAYMENT, REFUND = "Bill", "Return", "Payment", "Refund"


@dataclass(frozen=True)
class Line:
	"""A document of the party. `amount` is what it makes the debt grow by, below zero what it takes off it.

	A payment names the bill it is `of`, and how it was made.
	"""

	day: date
	doctype: str
	name: str
	what: str
	amount: Decimal
	balance: Decimal
	of: str | None = None
	mode: str | None = None
	transaction_ref: str | None = None


@dataclass(frozen=True)
class Statement:
	"""What was owed before the first day, and what happened since."""

	opening: Decimal
	lines: list[Line]

	@property
	def closing(self) -> Decimal:
		return self.lines[-1].balance if self.lines else self.opening

	@property
	def charged(self) -> Decimal:
		return sum((line.amount for line in self.lines if line.amount > 0), ZERO)

	@property
	def settled(self) -> Decimal:
		return -sum((line.amount for line in self.lines if line.amount < 0), ZERO)


def statement(seen: Seen, party: str, first: date, last: date) -> Statement:
	"""The account of a party from the `first` to the `last` day: bills before payments of the same day."""
	opening = _opening(seen, party, first)
	return Statement(opening, list(_lines(seen, party, first, last, opening)))


def _opening(seen: Seen, party: str, first: date) -> Decimal:
	kind = seen.kind
	condition, values = seen.bills()
	billed = frappe.db.sql(
		f"""select cast(sum(`{kind.total}`) as char) from `tab{kind.doctype}`
		where `{kind.party}` = %s and date < %s and docstatus = 1{condition}""",
		(party, first, *values),
	)
	condition, values = seen.payments()
	paid = frappe.db.sql(
		f"""select cast(sum(if(direction = %s, amount, -amount)) as char) from `tabBottle Payment`
		where party = %s and date < %s and docstatus = 1 and result = 'Completed'{condition}""",
		(kind.pays, party, first, *values),
	)
	return exact(billed[0][0]) - exact(paid[0][0])


def _lines(seen: Seen, party: str, first: date, last: date, balance: Decimal) -> Iterator[Line]:
	found = [*_bills(seen, party, first, last), *_payments(seen, party, first, last)]
	for (day, *_order), (doctype, name, what, amount, *rest) in sorted(found):
		balance += amount
		yield Line(day, doctype, name, what, amount, balance, *rest)


def _bills(seen: Seen, party: str, first: date, last: date) -> Iterator[tuple]:
	kind = seen.kind
	condition, values = seen.bills()
	for day, creation, name, is_return, total in frappe.db.sql(
		f"""select date, creation, name, is_return, cast(`{kind.total}` as char) from `tab{kind.doctype}`
		where `{kind.party}` = %s and date between %s and %s and docstatus = 1{condition}""",
		(party, first, last, *values),
	):
		what = RETURN if is_return else BILL
		yield (day, 0, creation, name), (kind.doctype, name, what, exact(total), None, None, None)


def _payments(seen: Seen, party: str, first: date, last: date) -> Iterator[tuple]:
	condition, values = seen.payments()
	for day, creation, name, direction, amount, *rest in frappe.db.sql(
		f"""select date, creation, name, direction, cast(amount as char), reference_name, mode, transaction_ref
		from `tabBottle Payment`
		where party = %s and date between %s and %s and docstatus = 1 and result = 'Completed'{condition}""",
		(party, first, last, *values),
	):
		pays = direction == seen.kind.pays
		signed = -exact(amount) if pays else exact(amount)
		what = PAYMENT if pays else REFUND
		yield (day, 1, creation, name), ("Bottle Payment", name, what, signed, *rest)
