"""What a document asks of the ledger, and what it gets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from bottle_mfg.ledger import Balance, Entry, Key, Movement

Movements = Sequence[Movement] | Callable[[Mapping[Key, Balance]], Sequence[Movement]]

END_OF_DAY = time(23, 59, 59, 999999)


@dataclass(frozen=True)
class Voucher:
	"""What a document asks of the ledger. Without a `time` it is posted at the moment of submit.

	`numbered` gives the document's name. A new document takes its number then, which holds the counter until
	the transaction ends: it is asked only once the balances are locked, by everybody in this order.

	`movements` may be a function from the balances found at the posting time, read under their lock, to what is
	moved; `counted` then names all keys that it may move.
	"""

	doctype: str
	numbered: Callable[[], str]
	day: date
	time: time | None
	movements: Movements
	counted: Collection[Key] = ()

	@property
	def name(self) -> str:
		return self.numbered()

	@property
	def stated(self) -> Sequence[Movement]:
		"""The movements that are known without looking at balances."""
		return () if callable(self.movements) else self.movements

	def keys(self) -> set[Key]:
		"""The balances that it moves or takes a value from."""
		keys = set(self.counted)
		for movement in self.stated:
			keys.add(movement.key)
			if movement.origin:
				keys.add(Key(movement.item, movement.origin.warehouse))
		return keys

	def moment(self, now: datetime) -> datetime | None:
		"""When it counts from: the stated time, or the end of an earlier day. None: from when it is posted."""
		if self.time is not None:
			return datetime.combine(self.day, self.time)
		return datetime.combine(self.day, END_OF_DAY) if self.day < now.date() else None

	def movements_from(self, found: Mapping[Key, Balance]) -> Sequence[Movement]:
		"""What it moves where these balances are found."""
		return self.movements(found) if callable(self.movements) else self.movements


class Change(NamedTuple):
	"""How much a balance held, and holds now, in the item's unit."""

	before: Decimal
	after: Decimal


@dataclass(frozen=True)
class Posting:
	"""What was written: when it counts from, one entry for each movement, in order, and what became of balances."""

	posting_datetime: datetime
	entries: Sequence[Entry]
	changes: Mapping[Key, Change]
