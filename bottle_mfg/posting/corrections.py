"""Corrections of the past: a replay's findings, written to entries, balances, daily totals and documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

import frappe
from frappe.utils import cint

from bottle_mfg.errors import InTheWayError, throw
from bottle_mfg.ledger import InTheWay, Key, Replay, Revalued, Start
from bottle_mfg.posting import balances, daily_totals, documents, entries
from bottle_mfg.posting.balances import Held
from bottle_mfg.posting.books import LedgerBooks

BATCH = 5000
"""Entries that are written at once."""

IN_SUBMIT = 20_000
"""How many entries a correction may have to look at while its user waits: about three seconds' worth."""

Progress = Callable[[int], None]
"""Told now and then how many entries a correction has looked at."""


def in_submit() -> int:
	"""How many entries a correction may have to look at while its user waits, on this site."""
	set_here = frappe.db.get_single_value("Bottle Mfg Settings", "entries_in_submit", cache=False)
	return cint(set_here) or IN_SUBMIT


class LargeCorrection(NamedTuple):
	"""A correction that reaches so far that it belongs into the background: up to `entries` of `keys` from `since`."""

	keys: Collection[Key]
	since: datetime
	entries: int


class Correction:
	"""The replay after a document was posted in the past, or cancelled.

	`held` are the balances that the transaction has locked; more are locked as the replay reaches them, without
	waiting for them, so that no two corrections can wait for each other. `because_of` is the document.
	"""

	def __init__(self, held: dict[Key, Held], because_of: tuple[str, str], now: datetime) -> None:
		self.held = held
		self.because_of = because_of
		self.now = now

	def run(self, starts: Mapping[Key, Start], progress: Progress | None = None) -> dict[Key, Held]:
		"""Replay and write; gives the balances whose end changed, for the caller to save.

		Raises `InTheWayError` where a later document would be without the goods that it took, and Frappe's
		`QueryTimeoutError` where a balance that the replay reaches is locked by others.
		"""
		replay = Replay(LedgerBooks(reached=self._lock), starts)
		batch: list[Revalued] = []
		try:
			# A document's entries have one time: they stay together.
			for _moment, together in groupby(replay, lambda one: one.stored.position.posting_datetime):
				batch.extend(together)
				if len(batch) >= BATCH:
					self._write(batch)
					batch = []
					if progress:
						progress(replay.passed)
		except InTheWay as way:
			throw(InTheWayError(way))
		if batch:
			self._write(batch)
		return {key: replace(self.held[key], balance=balance) for key, balance in replay.ends.items()}

	def _lock(self, key: Key) -> None:
		if key not in self.held:
			self.held[key] = balances.lock_one_more(key)

	def _write(self, batch: list[Revalued]) -> None:
		entries.rewrite(batch)
		documents.rewrite(batch, self.because_of, self.now)
		daily_totals.add(
			[
				(
					stored.position.posting_datetime.date(),
					entry.movement.key,
					daily_totals.difference(stored.voucher_type, entry.movement, stored.value, entry.value),
				)
				for stored, entry in batch
				if entry.value != stored.value
			],
			self.now,
		)
