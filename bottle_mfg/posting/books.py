"""The live entries of Bottle Ledger Entry as a replay reads them, and how far one may reach."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

import frappe

from bottle_mfg.ledger import Key, Position, StoredEntry
from bottle_mfg.posting.entries import READ, read_entry
from bottle_mfg.posting.sql import flat

MAKING = ("Blow", "Bottle Stock Transfer")
"""The documents that make something out of what they issue, or move it on."""

PIECE = 2000
"""Entries that are read at once."""

_RECEIPT = "quantity > 0 and is_cancelled = 0"


class LedgerBooks:
	"""The entries as they are now, read with locks; `locking` False: as this transaction sees them, to look only.

	`reached` is told of each balance before its entries are read. `without` is a document, as (voucher_type,
	voucher_no), whose entries are passed over.
	"""

	def __init__(
		self,
		*,
		locking: bool = True,
		reached: Callable[[Key], None] | None = None,
		without: tuple[str, str] | None = None,
	) -> None:
		self._lock = "lock in share mode" if locking else ""
		self._reached = reached
		self._without = without

	def after(self, key: Key, position: Position) -> Iterator[Sequence[StoredEntry]]:
		if self._reached:
			self._reached(key)
		return self._pieces(key, position)

	def _pieces(self, key: Key, position: Position) -> Iterator[Sequence[StoredEntry]]:
		while True:
			moment, sequence = position
			rows = frappe.db.sql(
				f"""select {READ} from `tabBottle Ledger Entry` force index (ledger_order)
				where item = %s and warehouse = %s and posting_datetime >= %s
					and (posting_datetime > %s or sequence > %s) and is_cancelled = 0
				order by posting_datetime, sequence limit {PIECE} {self._lock}""",
				(*key, moment, moment, sequence),
				pluck=True,
			)
			piece = self._entries(rows)
			if piece:
				yield piece
			if len(rows) < PIECE:
				return
			position = read_entry(rows[-1]).position

	def productions(self, entries: Iterable[StoredEntry]) -> list[StoredEntry]:
		names = sorted({one.voucher_no for one in entries if one.voucher_type in MAKING})
		if not names:
			return []
		return self._entries(
			frappe.db.sql(
				f"""select {READ} from `tabBottle Ledger Entry` force index (voucher_no)
				where voucher_no in %s and voucher_type in %s and is_cancelled = 0 {self._lock}""",
				(names, MAKING),
				pluck=True,
			)
		)

	def returns(self, entries: Iterable[StoredEntry]) -> list[StoredEntry]:
		rows = {(one.movement.item, one.movement.row) for one in entries if one.voucher_type == "Bottle Sale"}
		if not rows:
			return []
		items = sorted({item for item, _row in rows})
		return self._entries(
			frappe.db.sql(
				f"""select {READ} from `tabBottle Ledger Entry` force index (item_origin)
				where item in %s and origin_row in %s and {_RECEIPT} {self._lock}""",
				(items, sorted(row for _item, row in rows)),
				pluck=True,
			)
		)

	def _entries(self, rows: Iterable[str]) -> list[StoredEntry]:
		found = map(read_entry, rows)
		return [one for one in found if (one.voucher_type, one.voucher_no) != self._without]


def reach(keys: Collection[Key], since: datetime) -> set[Key]:
	"""The balances that a change of `keys` at `since` may change, these included: what was made of them, and on."""
	reached = set(keys)
	frontier = set(keys)
	while frontier:
		frontier = (_made_of(frontier, since) | _came_back(frontier, since)) - reached
		reached |= frontier
	return reached


def _made_of(keys: Collection[Key], since: datetime) -> set[Key]:
	one = "(used.item = %s and used.warehouse = %s and used.posting_datetime >= %s)"
	rows = frappe.db.sql(
		f"""select distinct made.item, made.warehouse
		from `tabBottle Ledger Entry` used force index (ledger_order)
		straight_join `tabBottle Ledger Entry` made force index (voucher_no)
			on made.voucher_no = used.voucher_no and made.voucher_type = used.voucher_type
			and made.voucher_row = used.voucher_row and made.quantity > 0 and made.is_cancelled = 0
		where ({" or ".join([one] * len(keys))})
			and used.quantity < 0 and used.is_cancelled = 0 and used.voucher_type in %s""",
		(*flat((*key, since) for key in sorted(keys)), MAKING),
	)
	return {Key(*row) for row in rows}


def _came_back(keys: Collection[Key], since: datetime) -> set[Key]:
	rows = frappe.db.sql(
		f"""select distinct item, warehouse from `tabBottle Ledger Entry` force index (item_origin)
		where item in %s and origin_row > '' and posting_datetime >= %s and {_RECEIPT}""",
		(sorted({key.item for key in keys}), since),
	)
	return {Key(*row) for row in rows}


def count(keys: Collection[Key], since: datetime) -> int:
	"""How many entries the balances have since then: the most that a replay passes."""
	one = "(item = %s and warehouse = %s and posting_datetime >= %s)"
	return frappe.db.sql(
		f"""select count(*) from `tabBottle Ledger Entry` force index (ledger_order)
		where {" or ".join([one] * len(keys))}""",
		flat((*key, since) for key in sorted(keys)),
	)[0][0]
