"""A bill as far as money goes: a sale, a purchase or a return of either, locked while something is paid of it.

What is outstanding is the total, less what was paid, less what was credited for returns. Of a return all of them are
below zero: what it credited to its original is no longer owed to the customer, what was refunded neither. So the
outstanding amounts of a party's documents add up to what it owes.

Who holds a bill locked locks no balance any more, and has no number yet. Who holds a return may wait for its
original; who holds an original waits for none of its returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate

from bottle_mfg.errors import NotFoundError, throw
from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.balances import LOCK_WAIT
from bottle_mfg.posting.sql import exact

RECEIVE, PAY = "Receive", "Pay"
PENDING, PARTIAL, PAID, OVERDUE = "Pending", "Partial", "Paid", "Overdue"

SUBMITTED = 1

_OTHER_WAY = {RECEIVE: PAY, PAY: RECEIVE}


@dataclass(frozen=True)
class Kind:
	"""A DocType whose documents are paid: whom it is with, where it says what it comes to, where the money goes."""

	doctype: str
	party_type: str
	party: str
	total: str
	pays: str

	def direction(self, is_return: bool) -> str:
		"""Where the money of its bills goes, or of its returns."""
		return _OTHER_WAY[self.pays] if is_return else self.pays


KINDS = {
	kind.doctype: kind
	for kind in (
		Kind("Bottle Sale", "Bottle Customer", "customer", "total_price", RECEIVE),
		Kind("Bottle Purchase", "Bottle Supplier", "supplier", "total_amount", PAY),
	)
}


@dataclass
class Bill:
	"""A bill that is locked. Amounts in currency, those of a return below zero."""

	doctype: str
	name: str
	docstatus: int
	is_return: bool
	against: str | None
	due: date | None
	total: Decimal
	paid: Decimal
	credited: Decimal

	@property
	def outstanding(self) -> Decimal:
		return self.total - self.paid - self.credited

	@property
	def left(self) -> Decimal:
		"""How much can still be paid of it, or refunded: never below zero."""
		return -self.outstanding if self.is_return else self.outstanding

	def pay(self, amount: Decimal) -> None:
		"""Count a payment or a refund; below zero where one is taken back."""
		self.paid += -amount if self.is_return else amount

	def take_credit(self, most: Decimal) -> Decimal:
		"""Count what came back of it, up to `most`, as far as it is still to be paid; gives how much that is."""
		credit = max(min(self.left, most), ZERO)
		self.credited += credit
		return credit


def status(total: Decimal, outstanding: Decimal, due: date | None) -> str:
	"""How far a bill is paid, as of today. A refund is never overdue."""
	if not outstanding:
		return PAID
	if outstanding > ZERO and due and due < getdate(nowdate()):
		return OVERDUE
	return PENDING if outstanding == total else PARTIAL


def hold(doctype: str, name: str) -> Bill:
	"""Lock a bill until the transaction ends, and read it as it is now.

	Raises `NotFoundError`, and what the database raises where others keep it locked for too long.
	"""
	found = _locked(doctype, [name], f"wait {LOCK_WAIT}")
	if not found:
		throw(NotFoundError(_("{0} {1} does not exist").format(_(doctype), name), doctype=doctype, name=name))
	return found[0]


def _locked(doctype: str, names: Sequence[str], wait: str) -> list[Bill]:
	rows = frappe.db.sql(
		f"""select name, docstatus, is_return, return_against, due_date,
			cast(`{KINDS[doctype].total}` as char), cast(paid_amount as char), cast(credited_amount as char)
		from `tab{doctype}` where name in %s order by name for update {wait}""",
		(names,),
	)
	return [
		Bill(doctype, name, docstatus, bool(is_return), against, due, *map(exact, amounts))
		for name, docstatus, is_return, against, due, *amounts in rows
	]


def owe_again(bill: Bill, without: str | None = None) -> None:
	"""Write back a locked bill of which a payment, a refund or the return `without` is being cancelled.

	What is open of its returns then reduces what it owes, as if the cancelled document had never been.
	"""
	if bill.is_return:
		original, returns = hold(bill.doctype, bill.against or ""), [bill]
	else:
		original, returns = bill, _open_returns(bill, without)
	changed = {bill.name: bill}
	for back in returns:
		credit = original.take_credit(back.left)
		if credit:
			back.credited -= credit
			changed |= {original.name: original, back.name: back}
	for one in changed.values():
		save(one)


def _open_returns(bill: Bill, without: str | None) -> list[Bill]:
	"""The returns of a bill that are to be refunded; those that others are changing at this moment are left alone."""
	names = frappe.db.sql(
		f"""select name from `tab{bill.doctype}`
		where return_against = %s and name != %s and docstatus = 1 and outstanding_amount < 0""",
		(bill.name, without or ""),
		pluck=True,
	)
	found = _locked(bill.doctype, names, "skip locked") if names else []
	return [back for back in found if back.docstatus == SUBMITTED]


def save(bill: Bill) -> None:
	"""Write a locked bill back, and tell the forms that have it open.

	It counts as modified: what others have read of it is old, and Frappe must not let them write that back.
	"""
	now = now_datetime()
	frappe.db.sql(
		f"""update `tab{bill.doctype}` set paid_amount = %s, credited_amount = %s, outstanding_amount = %s,
			payment_status = %s, modified = %s, modified_by = %s where name = %s""",
		(
			bill.paid,
			bill.credited,
			bill.outstanding,
			status(bill.total, bill.outstanding, bill.due),
			now,
			frappe.session.user,
			bill.name,
		),
	)
	frappe.clear_document_cache(bill.doctype, bill.name)
	told = {"doctype": bill.doctype, "name": bill.name}
	frappe.publish_realtime(
		"doc_update", {**told, "modified": now}, doctype=bill.doctype, docname=bill.name, after_commit=True
	)
	frappe.publish_realtime("list_update", {**told, "user": frappe.session.user}, after_commit=True)


def payments_of(doctype: str, name: str) -> list[str]:
	"""The live payments of a locked bill. One that is being cancelled waits for the bill, and is passed over."""
	return frappe.db.sql(
		"""select name from `tabBottle Payment`
		where reference_name = %s and reference_type = %s and docstatus = 1 and result = 'Completed'
		order by name lock in share mode skip locked""",
		(name, doctype),
		pluck=True,
	)
