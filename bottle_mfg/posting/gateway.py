"""Posting and cancelling: one transaction, one lock, a number of statements that no line adds to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from frappe.utils import now_datetime

from bottle_mfg.errors import InsufficientStockError, throw
from bottle_mfg.ledger import (
	Balance,
	Entry,
	InsufficientStock,
	Key,
	Link,
	Movement,
	Position,
	Start,
	StoredEntry,
	value_movements,
)
from bottle_mfg.posting import balances, books, corrections, daily_totals, entries
from bottle_mfg.posting.balances import Held
from bottle_mfg.posting.corrections import Correction, LargeCorrection, Progress
from bottle_mfg.posting.voucher import Change, Posting, Voucher

# A document that is posted comes after all that was posted for the same moment before.
LAST = 2**63 - 1


def post(voucher: Voucher, progress: Progress | None = None) -> Posting:
	"""Value the voucher's movements and write them to the ledger, with all that follows where it is back-dated.

	`progress` is told how far that is. Whether it is more than a user should wait for, `measure` tells before.

	Raises `ClosedPeriodError`, `InsufficientStockError` with every short line, `InTheWayError` where a later
	document would be short, and `BusyError`; also Frappe's `QueryDeadlockError` and `QueryTimeoutError` where the
	database gave a lock to others. Each leaves nothing behind once the caller's transaction is rolled back.
	"""
	now = now_datetime()
	keys = voucher.keys()
	held = balances.lock(_affected(keys, voucher.moment(now)), now, open_on=voucher.day)
	posted = voucher.moment(now) or max([now, *(held[key].last_posting or now for key in keys)])
	later = moved_after(held, keys, posted)
	valued = value_voucher(voucher, found_at(held, keys, later, posted))
	chains = entries.insert(valued, posted, voucher.doctype, voucher.name, now, _chains(held, keys))
	daily_totals.add(_sums(voucher.doctype, posted, valued), now)
	after = {entry.movement.key: entry.balance for entry in valued}
	changed = {
		key: replace(held[key], balance=balance, last_posting=posted)
		for key, balance in after.items()
		if key not in later
	}
	starts = {key: Start(Position(posted, LAST), after[key]) for key in later & set(after)}
	if starts:
		changed |= Correction(held, (voucher.doctype, voucher.name), now).run(starts, progress)
	if changed:
		balances.save(_linked(held | changed, changed.keys() | after.keys(), chains), now)
	return Posting(posted, valued, _changes(held, changed))


def cancel(voucher: Voucher, progress: Progress | None = None) -> dict[Key, Change]:
	"""Take a posted voucher out of the ledger, as if it had never been entered, with all that follows.

	Gives what became of the balances.

	Raises `InTheWayError` where a later document needs what came in with it, and as `post` does.
	"""
	now = now_datetime()
	keys = entries.keys_of(voucher.doctype, voucher.name)
	held = balances.lock(_affected(keys, voucher.moment(now)), now, open_on=voucher.day)
	if not keys:
		return {}
	posted = entries.of_voucher(voucher.doctype, voucher.name)
	chains = entries.mark_cancelled(posted, now, _chains(held, keys))
	daily_totals.add(_sums_of_stored(voucher, posted), now, sign=-1)
	last = entries.last_postings(keys)
	starts = starts_without(posted)
	later = {key for key in starts if key in last and last[key] >= starts[key].position.posting_datetime}
	changed = {
		key: replace(held[key], balance=start.balance) for key, start in starts.items() if key not in later
	}
	if later:
		correction = Correction(held, (voucher.doctype, voucher.name), now)
		changed |= correction.run({key: starts[key] for key in later}, progress)
	changed |= {key: replace(changed.get(key, held[key]), last_posting=last.get(key)) for key in keys}
	balances.save(_linked(changed, changed.keys(), chains), now)
	return _changes(held, changed)


def _changes(held: Mapping[Key, Held], changed: Mapping[Key, Held]) -> dict[Key, Change]:
	return {
		key: Change(held[key].balance.quantity, now.balance.quantity)
		for key, now in changed.items()
		if held[key].balance.quantity != now.balance.quantity
	}


def _chains(held: Mapping[Key, Held], keys: Iterable[Key]) -> dict[Key, Link]:
	return {key: held[key].link for key in keys}


def _linked(held: Mapping[Key, Held], keys: Iterable[Key], chains: Mapping[Key, Link]) -> dict[Key, Held]:
	"""The balances of `keys`, with the ends that their chains have now."""
	return {key: replace(held[key], link=chains.get(key, held[key].link)) for key in keys}


def keys_to_cancel(doctype: str, name: str) -> set[Key]:
	"""The balances that cancelling a posted document changes, as far as can be seen without a lock."""
	keys = entries.keys_of(doctype, name)
	posted = entries.posted_at(doctype, name) if keys else None
	return _affected(keys, posted)


def hold_keys(keys: Collection[Key]) -> None:
	"""Lock balances, before a document is locked that a replay of theirs may rewrite. Raises as `post` does."""
	balances.lock(keys, now_datetime())


def found_at(
	held: Mapping[Key, Held], keys: set[Key], later: set[Key], posted: datetime, *, locking: bool = True
) -> dict[Key, Balance]:
	"""The balances that a posting at `posted` finds; `later` are the keys that were moved after it."""
	found = {key: held[key].balance for key in keys}
	return found | entries.balances_at(later, posted, locking=locking) if later else found


def starts_without(posted: Sequence[StoredEntry]) -> dict[Key, Start]:
	"""Where balances depart from the ledger if these entries of a document are taken out of it."""
	starts: dict[Key, Start] = {}
	for stored in posted:
		starts.setdefault(stored.movement.key, Start(stored.position, stored.before))
	return starts


def measure(voucher: Voucher, *, posted: bool = False) -> LargeCorrection | None:
	"""How far posting the voucher, or cancelling a posted one, reaches; None if a user can wait for it.

	Looks only, and only where the past is changed.
	"""
	moment = voucher.moment(now_datetime())
	if moment is None:
		return None
	keys = entries.keys_of(voucher.doctype, voucher.name) if posted else voucher.keys()
	if not balances.moved_since(keys, moment):
		return None
	reached = books.reach(keys, moment)
	most = books.count(reached, moment)
	return LargeCorrection(reached, moment, most) if most > corrections.in_submit() else None


def _affected(keys: set[Key], moment: datetime | None) -> set[Key]:
	"""The balances to lock: those that move, and where they were moved since, all that a correction may reach."""
	if moment is None or not balances.moved_since(keys, moment):
		return keys
	return books.reach(keys, moment)


def moved_after(held: Mapping[Key, Held], keys: set[Key], posted: datetime) -> set[Key]:
	"""The balances among `keys` that have a posting later than `posted`."""
	return {key for key in keys if (last := held[key].last_posting) and last > posted}


def value_voucher(voucher: Voucher, found: Mapping[Key, Balance], *, locking: bool = True) -> list[Entry]:
	"""The entries of a voucher that finds these balances. Raises `InsufficientStockError`."""
	movements = voucher.movements_from(found)
	origins = {(one.item, one.origin.row) for one in movements if one.origin}
	issued = entries.issued(
		{item for item, _row in origins}, {row for _item, row in origins}, locking=locking
	)
	try:
		return value_movements(movements, found, issued)
	except InsufficientStock as short:
		throw(InsufficientStockError(short.shortages))


def _sums(doctype: str, posted: datetime, valued: Sequence[Entry]) -> list[daily_totals.Change]:
	return [
		(
			posted.date(),
			entry.movement.key,
			daily_totals.sums(doctype, entry.movement, entry.value, entry.movement.revenue),
		)
		for entry in valued
	]


def _sums_of_stored(voucher: Voucher, posted: Sequence[StoredEntry]) -> list[daily_totals.Change]:
	stated: dict[str, Movement] = {movement.row: movement for movement in voucher.stated}
	return [
		(
			one.position.posting_datetime.date(),
			one.movement.key,
			daily_totals.sums(
				voucher.doctype,
				one.movement,
				one.value,
				stated[one.movement.row].revenue if one.movement.row in stated else daily_totals.ZERO,
			),
		)
		for one in posted
	]
