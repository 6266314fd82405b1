"""A ledger in memory that is corrected as the real one is: post anywhere in the past, cancel anything."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal as D

from bottle_mfg.ledger import (
	Balance,
	Group,
	Issued,
	Key,
	Movement,
	Position,
	Recount,
	Replay,
	Start,
	StoredEntry,
	value_movements,
)

PIECE = 3
"""Entries that are read at once: so few that every history crosses the edges of pieces."""


class MemoryBooks:
	def __init__(self) -> None:
		self.live: list[StoredEntry] = []
		self.sequence = 0
		self.read = 0
		self.ends: dict[Key, Balance] = {}

	def after(self, key: Key, position: Position) -> Iterator[Sequence[StoredEntry]]:
		found = [one for one in self.live if one.movement.key == key and one.position > position]
		for start in range(0, len(found), PIECE):
			self.read += len(found[start : start + PIECE])
			yield found[start : start + PIECE]

	def productions(self, entries: Iterable[StoredEntry]) -> list[StoredEntry]:
		asked = {(one.voucher_type, one.voucher_no) for one in entries if one.voucher_type == "Make"}
		return [one for one in self.live if (one.voucher_type, one.voucher_no) in asked]

	def returns(self, entries: Iterable[StoredEntry]) -> list[StoredEntry]:
		rows = {one.movement.row for one in entries if one.voucher_type == "Sell"}
		return [one for one in self.live if one.movement.origin and one.movement.origin.row in rows]

	def balance_at(self, key: Key, moment: datetime) -> Balance:
		balance = Balance()
		for one in self.live:
			if one.movement.key == key and one.position.posting_datetime <= moment:
				balance = one.balance
		return balance

	def issued(self, row: str) -> Issued:
		[stored] = [one for one in self.live if one.movement.row == row and one.movement.quantity < 0]
		return Issued(-stored.movement.quantity, -stored.value)

	def post(
		self, voucher_type: str, voucher_no: str, moment: datetime, movements: Sequence[Movement]
	) -> None:
		"""Enter a document; raises what the core raises, and then nothing has changed."""
		keys = {movement.key for movement in movements}
		found = {key: self.balance_at(key, moment) for key in keys}
		issued = {one.origin.row: self.issued(one.origin.row) for one in movements if one.origin}
		entries = value_movements(movements, found, issued)
		after = {entry.movement.key: entry.balance for entry in entries}
		end = Position(moment, self.sequence + len(entries))
		replay = Replay(self, {key: Start(end, after[key]) for key in keys})
		changed = list(replay)
		self._rewrite(changed)
		for entry in entries:
			self.sequence += 1
			position = Position(moment, self.sequence)
			stored = StoredEntry(
				position, entry.movement, entry.value, entry.balance, voucher_type, voucher_no
			)
			insort(self.live, stored)
		self._compare_ends(replay)

	def cancel(self, voucher_type: str, voucher_no: str) -> None:
		gone = [one for one in self.live if (one.voucher_type, one.voucher_no) == (voucher_type, voucher_no)]
		starts: dict[Key, Start] = {}
		for one in gone:
			starts.setdefault(one.movement.key, Start(one.position, one.before))
		before = list(self.live)
		self.live = [one for one in self.live if one not in gone]
		try:
			replay = Replay(self, starts)
			changed = list(replay)
		except BaseException:
			self.live = before
			raise
		self._rewrite(changed)
		self._compare_ends(replay)

	def _compare_ends(self, replay: Replay) -> None:
		"""A replay says rightly where it ended; what it says nothing of is as it was."""
		for key, balance in {**self.ends, **replay.ends}.items():
			last = [one.balance for one in self.live if one.movement.key == key]
			assert balance == (last[-1] if last else Balance())
			self.ends[key] = balance

	def _rewrite(self, changed: Iterable[object]) -> None:
		for stored, entry in changed:  # type: ignore[misc]
			place = bisect_right(self.live, stored.position, key=lambda one: one.position) - 1
			assert self.live[place] == stored
			self.live[place] = stored._replace(value=entry.value, balance=entry.balance)

	def recount(self) -> list[tuple[D, Balance]]:
		"""What every live entry has to be, from zero."""
		rows = {one.movement.origin.row for one in self.live if one.movement.origin}
		count = Recount(rows)
		entries = [
			count.enter(
				one.movement,
				Group(one.voucher_type, one.voucher_no, one.movement.row),
				one.position.posting_datetime,
			)
			for one in self.live
		]
		return [(entry.value, entry.balance) for entry in entries]
