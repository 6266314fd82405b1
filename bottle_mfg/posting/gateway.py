"""Posting and cancelling: one transaction, one lock, a number of statements that no line adds to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NoReturn

from frappe import _
from frappe.utils import format_datetime, now_datetime

from bottle_mfg.errors import InsufficientStockError, LaterMovementError, throw
from bottle_mfg.ledger import Balance, Entry, InsufficientStock, Key, Movement, value_movements
from bottle_mfg.posting import balances, daily_totals, entries
from bottle_mfg.posting.balances import Held
from bottle_mfg.posting.entries import LaterEntry, StoredEntry
from bottle_mfg.posting.periods import refuse_closed

END_OF_DAY = time(23, 59, 59, 999999)


@dataclass(frozen=True)
class Voucher:
	"""What a document asks of the ledger. Without a `time` it is posted at the moment of submit.

	`numbered` gives the document's name. A new document takes its number then, which holds the counter until
	the transaction ends: it is asked only once the balances are locked, by everybody in this order.
	"""

	doctype: str
	numbered: Callable[[], str]
	day: date
	time: time | None
	movements: Sequence[Movement]

	@property
	def name(self) -> str:
		return self.numbered()


@dataclass(frozen=True)
class Posting:
	"""What was written: when it counts from, and one entry for each movement, in order."""

	posting_datetime: datetime
	entries: Sequence[Entry]


def post(voucher: Voucher) -> Posting:
	"""Value the voucher's movements and write them to the ledger.

	Raises `ClosedPeriodError`, `InsufficientStockError` with every short line, `LaterMovementError` where an item
	was already moved after the voucher's time, and `BusyError`; each leaves nothing behind once the caller's
	transaction is rolled back.
	"""
	refuse_closed(voucher.day)
	now = now_datetime()
	held = balances.lock({movement.key for movement in voucher.movements}, now)
	posted = _posting_datetime(voucher, held, now)
	_refuse_later(held, posted)
	try:
		valued = value_movements(voucher.movements, {key: one.balance for key, one in held.items()})
	except InsufficientStock as short:
		throw(InsufficientStockError(short.shortages))
	entries.insert(valued, posted, voucher.doctype, voucher.name, now)
	after = {entry.movement.key: entry.balance for entry in valued}
	balances.save({key: Held(balance, posted) for key, balance in after.items()}, now)
	daily_totals.add(
		posted.date(),
		[
			(
				entry.movement.key,
				daily_totals.sums(
					voucher.doctype,
					entry.movement.quantity,
					entry.value,
					entry.movement.declared,
					entry.movement.revenue,
				),
			)
			for entry in valued
		],
		now,
	)
	return Posting(posted, valued)


def cancel(voucher: Voucher) -> None:
	"""Take a posted voucher out of the ledger, as if it had never been entered.

	Raises `LaterMovementError` where the value of a later movement was derived from a balance that the voucher
	touched, `ClosedPeriodError` and `BusyError`.
	"""
	refuse_closed(voucher.day)
	now = now_datetime()
	held = balances.lock({movement.key for movement in voucher.movements}, now)
	posted = entries.of_voucher(voucher.doctype, voucher.name)
	first: dict[Key, StoredEntry] = {}
	taken: dict[Key, Balance] = defaultdict(Balance)
	for entry in posted:
		first.setdefault(entry.key, entry)
		sofar = taken[entry.key]
		taken[entry.key] = Balance(sofar.quantity - entry.quantity, sofar.value - entry.value)
	_refuse_used(first)
	entries.mark_cancelled(voucher.doctype, voucher.name, now)
	entries.shift_after(first, taken)
	last = entries.last_postings(held)
	balances.save(
		{
			key: Held(
				Balance(one.balance.quantity + taken[key].quantity, one.balance.value + taken[key].value),
				last.get(key),
			)
			for key, one in held.items()
		},
		now,
	)
	daily_totals.add(
		posted[0].posting_datetime.date(),
		[
			(
				entry.key,
				daily_totals.sums(
					voucher.doctype, entry.quantity, entry.value, entry.declared, movement.revenue
				),
			)
			for movement, entry in zip(voucher.movements, posted, strict=True)
		],
		now,
		sign=-1,
	)


def _posting_datetime(voucher: Voucher, held: Mapping[Key, Held], now: datetime) -> datetime:
	"""The stated time; else the day's end; for today this moment, or that of what the lock was waiting for."""
	if voucher.time is not None:
		return datetime.combine(voucher.day, voucher.time)
	if voucher.day < now.date():
		return datetime.combine(voucher.day, END_OF_DAY)
	return max([now, *(one.last_posting for one in held.values() if one.last_posting)])


def _refuse_later(held: Mapping[Key, Held], posted: datetime) -> None:
	for key, one in sorted(held.items()):
		if one.last_posting and one.last_posting > posted:
			_throw_later(
				entries.first_since(key, posted),
				_(
					"{item} was moved later, by {document} on {when}. Enter this document with a later date or time."
				),
			)


def _refuse_used(first: Mapping[Key, StoredEntry]) -> None:
	later = entries.first_derived_after(first)
	if later:
		_throw_later(
			later,
			_("{item} was used since, by {document} on {when}. Cancel that document first."),
		)


def _throw_later(later: LaterEntry, sentence: str) -> NoReturn:
	throw(
		LaterMovementError(
			sentence.format(
				item=later.item, document=later.voucher_no, when=format_datetime(later.posting_datetime)
			),
			item_id=later.item,
			warehouse=later.warehouse,
			voucher_type=later.voucher_type,
			voucher_no=later.voucher_no,
			posting_datetime=str(later.posting_datetime),
		)
	)
