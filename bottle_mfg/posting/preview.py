"""What a correction of the past would change, without changing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from frappe.utils import now_datetime

from bottle_mfg.errors import InTheWayError, throw
from bottle_mfg.ledger import ZERO, InTheWay, Key, Position, Replay, Start
from bottle_mfg.posting import balances, books, entries
from bottle_mfg.posting.books import LedgerBooks
from bottle_mfg.posting.gateway import LAST, found_at, moved_after, starts_without, value_voucher
from bottle_mfg.posting.voucher import Voucher

MOST = 100_000
"""The most entries that are looked at to tell what would change: some seconds' worth."""

COUNTS_IN_PROFIT = ("Bottle Sale", "Bottle Stock Count", "Bottle Purchase")
"""The documents whose entries' values are part of the profit: cost of goods, count gains and losses, returns."""


@dataclass(frozen=True)
class Effect:
	"""What a correction changes: `documents` that get another cost, and the `profit` of them all, in currency.

	`entries` is how many ledger entries may have to be valued anew. Where they are more than `MOST`, the other two
	are not known (None).
	"""

	since: datetime | None = None
	entries: int = 0
	documents: int | None = 0
	profit: Decimal | None = ZERO


def of_post(voucher: Voucher) -> Effect:
	"""What posting the voucher would change of what is there.

	Raises `InsufficientStockError` and `InTheWayError` where it would be refused for that.
	"""
	keys, moment = voucher.keys(), voucher.moment(now_datetime())
	held = balances.look(keys)
	later = moved_after(held, keys, moment) if moment else set()
	if not moment or not later:
		return Effect()
	found = found_at(held, keys, later, moment, locking=False)
	valued = value_voucher(voucher, found, locking=False)
	after = {entry.movement.key: entry.balance for entry in valued}
	starts = {key: Start(Position(moment, LAST), after[key]) for key in later & set(after)}
	return _effect(starts, moment, LedgerBooks(locking=False))


def of_cancel(voucher: Voucher) -> Effect:
	"""What cancelling the voucher would change of what else is there. Raises `InTheWayError`."""
	posted = entries.of_voucher(voucher.doctype, voucher.name, locking=False)
	if not posted:
		return Effect()
	without = (voucher.doctype, voucher.name)
	moment = posted[0].position.posting_datetime
	return _effect(starts_without(posted), moment, LedgerBooks(locking=False, without=without))


def _effect(starts: Mapping[Key, Start], since: datetime, ledger: LedgerBooks) -> Effect:
	if not starts:
		return Effect()
	most = books.count(books.reach(starts, since), since)
	if most > MOST:
		return Effect(since, most, None, None)
	documents: set[tuple[str, str]] = set()
	profit = ZERO
	try:
		for stored, entry in Replay(ledger, starts):
			if stored.value != entry.value:
				documents.add((stored.voucher_type, stored.voucher_no))
				if stored.voucher_type in COUNTS_IN_PROFIT:
					profit += entry.value - stored.value
	except InTheWay as way:
		throw(InTheWayError(way))
	return Effect(since, most, len(documents), profit)
