"""Replay: what later entries are worth once the past was corrected.

Quantities and declared values are facts; everything else follows from them and the order of the ledger. `Recount`
follows it from zero. `Replay` follows it from a correction on, and touches only what the correction reaches: the
entries of each balance until it is again what the ledger says, what they were made into, and what came back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from heapq import heappop, heappush
from typing import NamedTuple, Protocol

from bottle_mfg.ledger.errors import InTheWay, Shortage
from bottle_mfg.ledger.numbers import ZERO, add
from bottle_mfg.ledger.types import Balance, Basis, Entry, Issued, Key, Movement
from bottle_mfg.ledger.valuation import Pool, value_movement


class Position(NamedTuple):
	"""The place of an entry in the ledger. Positions sort as the ledger does."""

	posting_datetime: datetime
	sequence: int


class Group(NamedTuple):
	"""The row of a document: what belongs together in a production."""

	voucher_type: str
	voucher_no: str
	row: str


class StoredEntry(NamedTuple):
	"""A live entry as the ledger has it."""

	position: Position
	movement: Movement
	value: Decimal
	balance: Balance
	voucher_type: str
	voucher_no: str

	@property
	def group(self) -> Group:
		return Group(self.voucher_type, self.voucher_no, self.movement.row)

	@property
	def before(self) -> Balance:
		"""The balance that it found."""
		return Balance(
			add(self.balance.quantity, -self.movement.quantity), add(self.balance.value, -self.value)
		)


class Start(NamedTuple):
	"""Where a balance departs from what the ledger says: after `position` it begins at `balance`."""

	position: Position
	balance: Balance


class Revalued(NamedTuple):
	"""An entry that is no longer what the ledger says."""

	stored: StoredEntry
	entry: Entry


class Books(Protocol):
	"""The ledger as a replay reads it: live entries, none of which changes while it reads."""

	def after(self, key: Key, position: Position) -> Iterator[Sequence[StoredEntry]]:
		"""The entries of a balance after `position` in ledger order, in pieces of a convenient size."""

	def productions(self, entries: Iterable[StoredEntry]) -> Iterable[StoredEntry]:
		"""All entries of those documents of `entries` that make something out of what they issue."""

	def returns(self, entries: Iterable[StoredEntry]) -> Iterable[StoredEntry]:
		"""The returns of what `entries` issued."""


@dataclass
class _Production:
	"""A row that makes something: what it consumed by now, and its receipts, if any of that changed."""

	receipts: list[StoredEntry]
	pool: Pool
	changed: bool = False


@dataclass
class _Cursor:
	"""Where the replay of a balance stands."""

	balance: Balance
	pieces: Iterator[Sequence[StoredEntry]]
	waiting: deque[StoredEntry] = field(default_factory=deque)

	def next_position(self) -> Position:
		return self.waiting[0].position


class Replay:
	"""Iterating gives every entry whose value or balance changes if balances depart from the ledger at `starts`.

	They come in ledger order. `passed` counts the entries looked at so far. `ends` has what the balances are now
	whose replay went on to the end of the ledger; all others end as they did. Iterating raises `InTheWay` at the
	first entry that would take more than there is.
	"""

	def __init__(self, books: Books, starts: Mapping[Key, Start]) -> None:
		self.books = books
		self.starts = starts
		self.passed = 0
		self.ends: dict[Key, Balance] = {}
		self.cursors: dict[Key, _Cursor] = {}
		self.next: list[tuple[Position, Key]] = []
		# Receipts that will change, by balance: where a replay that ended has to begin again.
		self.ahead: dict[Key, list[StoredEntry]] = {}
		self.productions: dict[Group, _Production] = {}
		self.returns: dict[str, list[StoredEntry]] = {}
		self.issued: dict[str, Issued] = {}
		# What is remembered of a piece of the ledger is forgotten once all of it has been passed.
		self.last_of_production: list[tuple[Position, Group]] = []
		self.last_of_issue: list[tuple[Position, str]] = []

	def __iter__(self) -> Iterator[Revalued]:
		for key, start in self.starts.items():
			self._open(key, start)
		while self.next:
			position, key = heappop(self.next)
			self._forget(position)
			cursor = self.cursors.get(key)
			if cursor is None or cursor.next_position() != position:
				continue  # it was made to begin earlier
			stored = cursor.waiting.popleft()
			self.passed += 1
			entry = self._value(stored, cursor.balance)
			cursor.balance = entry.balance
			if entry.value != stored.value:
				self._pass_on(stored, entry)
			as_it_was = entry.balance == stored.balance
			if not as_it_was or entry.value != stored.value:
				yield Revalued(stored, entry)
			if as_it_was:
				self._close(key, position)
			else:
				self._advance(key, cursor)

	def _open(self, key: Key, start: Start) -> None:
		cursor = _Cursor(start.balance, self.books.after(key, start.position))
		self.cursors[key] = cursor
		self._advance(key, cursor)

	def _advance(self, key: Key, cursor: _Cursor) -> None:
		if not cursor.waiting:
			piece = next(cursor.pieces, None)
			if not piece:
				self.ends[key] = cursor.balance
				del self.cursors[key]
				return
			cursor.waiting.extend(piece)
			self._look_around(piece)
		heappush(self.next, (cursor.next_position(), key))

	def _close(self, key: Key, position: Position) -> None:
		"""The rest of the balance is as it was, but for receipts that are known to change."""
		del self.cursors[key]
		ahead = self.ahead.get(key, [])
		_drop_upto(ahead, position)
		if ahead:
			self._open(key, _just_before(ahead[0]))

	def _look_around(self, piece: Sequence[StoredEntry]) -> None:
		"""Read what depends on the issues of a piece, for all of them at once."""
		issues = [stored for stored in piece if stored.movement.quantity < 0]
		made: dict[Group, list[StoredEntry]] = {}
		for stored in self.books.productions(issues):
			if stored.group not in self.productions:
				made.setdefault(stored.group, []).append(stored)
		for group, entries in made.items():
			consumed = sum((-one.value for one in entries if one.movement.quantity < 0), ZERO)
			receipts = [one for one in entries if one.movement.quantity > 0]
			self.productions[group] = _Production(receipts, Pool(consumed))
			heappush(self.last_of_production, (max(one.position for one in entries), group))
		returned: dict[str, list[StoredEntry]] = {}
		for stored in self.books.returns(issues):
			if stored.movement.origin:
				returned.setdefault(stored.movement.origin.row, []).append(stored)
		for row, entries in returned.items():
			self.returns[row] = entries
			heappush(self.last_of_issue, (max(one.position for one in entries), row))

	def _value(self, stored: StoredEntry, balance: Balance) -> Entry:
		movement = stored.movement
		if movement.quantity < 0:
			if -movement.quantity > balance.quantity:
				short = Shortage(*movement.key, balance.quantity, -movement.quantity)
				raise InTheWay(
					stored.voucher_type, stored.voucher_no, stored.position.posting_datetime, short
				)
			return value_movement(movement, balance, Pool())
		if movement.basis in (Basis.PRODUCED, Basis.CREDITED):
			production = self.productions.get(stored.group)
			if production is None or not production.changed:
				return _as_stored(stored, balance)
			return value_movement(movement, balance, production.pool)
		if movement.basis is Basis.RETURNED:
			issued = self.issued.get(movement.origin.row) if movement.origin else None
			return (
				value_movement(movement, balance, Pool(), issued) if issued else _as_stored(stored, balance)
			)
		return value_movement(movement, balance, Pool())

	def _pass_on(self, stored: StoredEntry, entry: Entry) -> None:
		"""An issue took out another value: so will what was made of it, and what came back of it."""
		if stored.movement.quantity > 0:
			return
		production = self.productions.get(stored.group)
		if production:
			production.pool.consumed = add(production.pool.consumed, add(stored.value, -entry.value))
			if not production.changed:
				production.changed = True
				self._announce(production.receipts, stored.position)
		returned = self.returns.get(stored.movement.row)
		if returned and stored.movement.basis is Basis.AVERAGE:
			self.issued[stored.movement.row] = Issued(-stored.movement.quantity, -entry.value)
			self._announce(returned, stored.position)

	def _announce(self, receipts: Iterable[StoredEntry], now: Position) -> None:
		"""Have the replay of the receipts' balances begin before them, unless it is under way there."""
		for receipt in receipts:
			key = receipt.movement.key
			ahead = self.ahead.setdefault(key, [])
			_drop_upto(ahead, now)
			heappush(ahead, receipt)
			cursor = self.cursors.get(key)
			if cursor is None or (cursor.waiting and cursor.next_position() > receipt.position):
				self._open(key, _just_before(receipt))

	def _forget(self, now: Position) -> None:
		while self.last_of_production and self.last_of_production[0][0] < now:
			self.productions.pop(heappop(self.last_of_production)[1], None)
		while self.last_of_issue and self.last_of_issue[0][0] < now:
			row = heappop(self.last_of_issue)[1]
			self.returns.pop(row, None)
			self.issued.pop(row, None)


def _as_stored(stored: StoredEntry, balance: Balance) -> Entry:
	after = Balance(add(balance.quantity, stored.movement.quantity), add(balance.value, stored.value))
	return Entry(stored.movement, stored.value, after)


def _drop_upto(ahead: list[StoredEntry], position: Position) -> None:
	while ahead and ahead[0].position <= position:
		heappop(ahead)


def _just_before(stored: StoredEntry) -> Start:
	position = Position(stored.position.posting_datetime, stored.position.sequence - 1)
	return Start(position, stored.before)


class Recount:
	"""Values every entry of the ledger, from the first on, by the facts alone.

	`returned` names the rows of which something came back.
	"""

	def __init__(self, returned: Collection[str]) -> None:
		self.balances: dict[Key, Balance] = {}
		self._returned = returned
		self._issued: dict[str, Issued] = {}
		self._moment: datetime | None = None
		self._pools: dict[Group, Pool] = {}

	def enter(self, movement: Movement, group: Group, posting_datetime: datetime) -> Entry:
		"""The entry of the next movement of the ledger.

		Raises `ValueError` for a movement that cannot be: more is taken than there is, or comes back.
		"""
		if posting_datetime != self._moment:  # a document has but one
			self._moment = posting_datetime
			self._pools.clear()
		pool = self._pools.setdefault(group, Pool())
		issued = self._issued.get(movement.origin.row) if movement.origin else None
		entry = value_movement(movement, self.balances.get(movement.key, Balance()), pool, issued)
		self.balances[movement.key] = entry.balance
		if movement.quantity < 0 and movement.row in self._returned:
			self._issued[movement.row] = Issued(-movement.quantity, -entry.value)
		return entry
