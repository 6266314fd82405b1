"""The chains of seals as they are stored: whether every entry is still what was written, in its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import frappe
from frappe import _

from bottle_mfg.ledger import Facts, Key, Link, cancelled, written
from bottle_mfg.posting.balances import row_name
from bottle_mfg.posting.sql import exact

PAGE = 5000
"""Entries that are read at once."""

Seals = dict[str, Link]
"""The end of each chain, by the seal that it begins with."""

_ENTRY, _STOCK = "Bottle Ledger Entry", "Bottle Stock"


class Broken(NamedTuple):
	"""A record that is not what the app wrote, or has lost its neighbours; `sentence` says which."""

	doctype: str
	name: str
	sentence: str


class Sealed(NamedTuple):
	"""An entry as it is in the database. Numbers are 0 where it was never sealed, or never cancelled."""

	sequence: int
	key: Key
	facts: Facts
	link: Link
	is_cancelled: bool
	cancelling: Link


class _Head(NamedTuple):
	first: str
	link: Link


@dataclass
class _Chain:
	"""How far a balance's chain was followed: to event `number`. An unknown seal (None) fits everything."""

	key: Key
	seal: str | None
	number: int = 0
	latest: str = ""
	cancellings: dict[int, tuple[int, str]] = field(default_factory=dict)
	known: Link | None = None

	def follow(self, number: int) -> Iterator[Broken]:
		"""Pass the cancellings up to the event before `number`."""
		while self.number + 1 < number:
			here = self.number + 1
			if here not in self.cancellings:
				following = min((one for one in self.cancellings if here < one < number), default=number)
				yield self._gap(following - here)
				self.number, self.seal = following - 1, None
				continue
			sequence, seal = self.cancellings[here]
			if self.seal is not None and cancelled(Link(self.number, self.seal), sequence).seal != seal:
				yield Broken(_ENTRY, str(sequence), _("was cancelled otherwise than the app did it"))
			yield from self._reach(here, seal, str(sequence))

	def enter(self, one: Sealed) -> Iterator[Broken]:
		"""Hold an entry against what it should follow."""
		name = str(one.sequence)
		if bool(one.cancelling.number) != one.is_cancelled:
			marked = _("was marked as cancelled") if one.is_cancelled else _("was marked as not cancelled")
			yield Broken(_ENTRY, name, marked)
		if one.link.number <= self.number:
			yield Broken(_ENTRY, name, _("was added, or moved to this place"))
			return
		yield from self.follow(one.link.number)
		if self.seal is not None and written(Link(self.number, self.seal), one.facts).seal != one.link.seal:
			yield Broken(_ENTRY, name, self._changed())
		yield from self._reach(*one.link, name)
		self.latest = name

	def finish(self, head: _Head | None) -> Iterator[Broken]:
		"""Hold the end against the balance's row."""
		name = row_name(self.key)
		if head is None:
			yield Broken(_STOCK, name, _("was removed"))
			return
		if not head.first:
			yield Broken(_STOCK, name, _("was made anew: how its chain began is not known"))
		yield from self.follow(max(head.link.number, *self.cancellings, 0) + 1)
		if self.known and self.known.number > self.number:
			yield Broken(_STOCK, name, _("does not reach as far as it did when its seal was noted"))
		if self.seal is not None and (self.number, self.seal) != head.link:
			yield Broken(_STOCK, name, _("does not name the last of its entries"))

	def _reach(self, number: int, seal: str, name: str) -> Iterator[Broken]:
		if self.known and self.known.number == number and self.known.seal != seal:
			yield Broken(
				_ENTRY, name, _("has another seal than was noted: it, or what came before, was sealed anew")
			)
		self.number, self.seal = number, seal

	def _gap(self, gone: int) -> Broken:
		sentence = _("has lost what came after it, entries or cancellations: {0}").format(gone)
		if self.latest:
			return Broken(_ENTRY, self.latest, sentence)
		return Broken(_STOCK, row_name(self.key), _("has lost its first entries: {0}").format(gone))

	def _changed(self) -> str:
		if not self.latest:
			return _("was changed after it was written")
		return _("was changed after it was written; or {0} was, and sealed anew").format(self.latest)


def noted() -> Seals:
	"""Where every chain ends now, by the seal that it begins with. Kept outside the database, it tells of later forgery."""
	rows = frappe.db.sql(
		"select chain_start, chain_number, seal from `tabBottle Stock` where chain_start > ''"
	)
	return {first: Link(number, seal or "") for first, number, seal in rows}


def broken(items: Collection[str] | None = None, known: Seals | None = None) -> Iterator[Broken]:
	"""What was changed, added or removed behind the app's back, the entry that was written first coming first.

	Of all balances, or those of some items. What comes after a broken place is held against what stands there: one
	change is told once. Who knows how seals are made can make all of them anew; that he did, `known` tells, which
	was `noted` before. Reads one state of the database if the caller begins a transaction of its own.
	"""
	chosen, values = ("where item in %(items)s", {"items": [*items, ""]}) if items is not None else ("", {})
	heads = {
		Key(item, warehouse): _Head(first or "", Link(number, seal or ""))
		for item, warehouse, first, number, seal in frappe.db.sql(
			f"select item, warehouse, chain_start, chain_number, seal from `tabBottle Stock` {chosen}", values
		)
	}
	known = known or {}
	chains = {
		key: _Chain(key, head.first or None, known=known.get(head.first)) for key, head in heads.items()
	}
	for item, warehouse, number, sequence, seal in frappe.db.sql(
		f"""select item, warehouse, cancel_number, sequence, cancel_seal from `tabBottle Ledger Entry`
		{chosen or "where true"} and cancel_number > 0""",
		values,
	):
		key = Key(item, warehouse)
		chains.setdefault(key, _Chain(key, None)).cancellings[number] = (sequence, seal)
	for one in stored(chosen, values):
		yield from chains.setdefault(one.key, _Chain(one.key, None)).enter(one)
	for key in sorted(chains):
		yield from chains[key].finish(heads.get(key))
	if items is None:
		for first in sorted(known.keys() - {head.first for head in heads.values()}):
			yield Broken(_STOCK, "", _("that began with {0} was removed").format(first))


def stored(chosen: str = "", values: dict[str, Any] | None = None) -> Iterator[Sealed]:
	"""The entries, cancelled ones too, in the order in which they were written; `chosen` is a where clause."""
	after = 0
	while True:
		rows = frappe.db.sql(
			f"""select sequence, item, warehouse, posting_datetime, creation, cast(quantity as char), basis,
				cast(declared_value as char), voucher_type, voucher_no, ifnull(voucher_row, ''),
				ifnull(origin_row, ''), cast(origin_start as char), chain_number, ifnull(seal, ''), is_cancelled,
				cancel_number, ifnull(cancel_seal, '')
			from `tabBottle Ledger Entry` {chosen or "where true"} and name > %(after)s order by name limit {PAGE}""",
			{**(values or {}), "after": after},
		)
		yield from map(_sealed, rows)
		if len(rows) < PAGE:
			return
		after = rows[-1][0]


def last(key: Key) -> Link:
	"""Where a balance's chain ends, by its entries alone."""
	rows = frappe.db.sql(
		"""select chain_number, seal from `tabBottle Ledger Entry` where item = %(item)s and warehouse = %(place)s
		union all select cancel_number, cancel_seal from `tabBottle Ledger Entry`
		where item = %(item)s and warehouse = %(place)s order by 1 desc limit 1""",
		{"item": key.item, "place": key.warehouse},
	)
	return Link(rows[0][0], rows[0][1] or "") if rows else Link()


def _sealed(row: tuple[Any, ...]) -> Sealed:
	sequence, item, warehouse, posted, created, moved, basis, declared, *rest = row
	voucher_type, voucher_no, voucher_row, origin_row, start, number, seal, is_cancelled, *cancelling = rest
	facts = Facts(
		posted,
		created,
		exact(moved),
		basis,
		exact(declared),
		voucher_type,
		voucher_no,
		voucher_row,
		origin_row,
		exact(start),
	)
	link = Link(number, seal)
	return Sealed(sequence, Key(item, warehouse), facts, link, bool(is_cancelled), Link(*cancelling))
