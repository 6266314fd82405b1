"""Seal the entries that were written before the ledger had a chain."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import frappe

from bottle_mfg.ledger import Key, Link, cancelled, written
from bottle_mfg.posting.balances import beginning, row_name
from bottle_mfg.posting.chain import PAGE, Sealed, stored
from bottle_mfg.posting.sql import joined

_UNSEALED = "where chain_number = 0"


def execute() -> None:
	"""Give every balance the chain that its entries would have, cancellings at its end: when these were is not known.

	A balance that has a chain already is left as it is. The entries are taken to be right: run `bottle-verify` first.
	"""
	starts = {
		Key(item, warehouse): beginning()
		for item, warehouse in frappe.db.sql(
			"select item, warehouse from `tabBottle Stock` where ifnull(chain_start, '') = ''"
		)
	}
	ends = {key: Link(0, start) for key, start in starts.items()}
	unsealed = (one for one in stored(_UNSEALED) if one.key in ends)
	gone: list[Sealed] = []
	while page := [*islice(unsealed, PAGE)]:
		_write("chain_number", "seal", [(one, _next(ends, one)) for one in page])
		gone += [one for one in page if one.is_cancelled]
	for begin in range(0, len(gone), PAGE):
		_write(
			"cancel_number", "cancel_seal", [(one, _cancel(ends, one)) for one in gone[begin : begin + PAGE]]
		)
	_write_heads(starts, ends)


def _next(ends: dict[Key, Link], one: Sealed) -> Link:
	ends[one.key] = written(ends[one.key], one.facts)
	return ends[one.key]


def _cancel(ends: dict[Key, Link], one: Sealed) -> Link:
	ends[one.key] = cancelled(ends[one.key], one.sequence)
	return ends[one.key]


def _write(number: str, seal: str, links: Iterable[tuple[Sealed, Link]]) -> None:
	table = joined(
		"Bottle Ledger Entry", ("name", "number", "seal"), [(one.sequence, *link) for one, link in links]
	)
	frappe.db.sql(f"update {table} set t.`{number}` = x.number, t.`{seal}` = x.seal")


def _write_heads(starts: dict[Key, str], ends: dict[Key, Link]) -> None:
	if starts:
		rows = [(row_name(key), start, *ends[key]) for key, start in starts.items()]
		table = joined("Bottle Stock", ("name", "start", "number", "seal"), rows)
		frappe.db.sql(
			f"update {table} set t.chain_start = x.start, t.chain_number = x.number, t.seal = x.seal"
		)
