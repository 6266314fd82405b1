"""The rows of Bottle Ledger Entry: facts are written once; what follows from them is rewritten by replays.

A cancelled document's entries are marked and stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import frappe

from bottle_mfg.ledger import (
	ZERO,
	Balance,
	Basis,
	Entry,
	Facts,
	Issued,
	Key,
	Link,
	Movement,
	Origin,
	Position,
	Revalued,
	StoredEntry,
	cancelled,
	written,
)
from bottle_mfg.posting.sql import (
	STANDARD_COLUMNS,
	columns,
	exact,
	flat,
	joined,
	literal,
	places,
	standard_values,
)

_COLUMNS = (
	*STANDARD_COLUMNS,
	"posting_datetime",
	"item",
	"warehouse",
	"quantity",
	"value",
	"declared_value",
	"balance_quantity",
	"balance_value",
	"basis",
	"voucher_type",
	"voucher_no",
	"voucher_row",
	"origin_row",
	"origin_start",
	"is_cancelled",
	"chain_number",
	"seal",
)
# One text for a row: the driver takes longer for each cell than for anything else. No name has a zero byte.
READ = """concat_ws(char(0), posting_datetime, sequence, item, warehouse, quantity, value, declared_value,
	balance_quantity, balance_value, basis, voucher_type, voucher_no, ifnull(voucher_row, ''),
	ifnull(origin_row, ''), origin_start)"""
# Frappe's own sequence for a DocType named by autoincrement. It is drawn while the balance is locked, so that
# within a balance a later posting has the higher number.
_NEXT = "nextval(`bottle_ledger_entry_id_seq`), lastval(`bottle_ledger_entry_id_seq`)"
_BASES = {basis.value: basis for basis in Basis}


def insert(
	entries: Sequence[Entry],
	posting_datetime: datetime,
	voucher_type: str,
	voucher_no: str,
	now: datetime,
	chains: Mapping[Key, Link],
) -> dict[Key, Link]:
	"""Append the entries of one document (a count may have none), all in one statement, in their order.

	`chains` are the ends of their balances' chains; the answer is where these end now.
	"""
	ends = dict(chains)
	rows = []
	for entry in entries:
		link = ends[entry.movement.key] = written(
			ends[entry.movement.key], _facts(entry.movement, posting_datetime, voucher_type, voucher_no, now)
		)
		rows.append(
			(
				*standard_values(now),
				posting_datetime,
				entry.movement.item,
				entry.movement.warehouse,
				entry.movement.quantity,
				entry.value,
				entry.movement.declared,
				entry.balance.quantity,
				entry.balance.value,
				entry.movement.basis.value,
				voucher_type,
				voucher_no,
				entry.movement.row,
				entry.movement.origin.row if entry.movement.origin else None,
				entry.movement.origin.start if entry.movement.origin else 0,
				0,
				*link,
			)
		)
	if rows:
		frappe.db.sql(
			f"""insert into `tabBottle Ledger Entry` (name, sequence, {columns(_COLUMNS)})
			values {places(rows, _NEXT)}""",
			flat(rows),
		)
	return ends


def _facts(movement: Movement, posted: datetime, voucher_type: str, voucher_no: str, now: datetime) -> Facts:
	origin = movement.origin
	return Facts(
		posted,
		now,
		movement.quantity,
		movement.basis.value,
		movement.declared,
		voucher_type,
		voucher_no,
		movement.row or "",
		origin.row if origin else "",
		origin.start if origin else ZERO,
	)


def read_entry(text: str) -> StoredEntry:
	"""An entry from what `READ` selects. Where a return's origin was is not kept: its row says it all."""
	posted, sequence, item, warehouse, moved, worth, declared, held, held_value, basis, *rest = text.split(
		"\0"
	)
	voucher_type, voucher_no, voucher_row, origin_row, origin_start = rest
	movement = Movement(
		item,
		warehouse,
		Decimal(moved),
		_BASES[basis],
		Decimal(declared),
		voucher_row,
		origin=Origin(origin_row, "", Decimal(origin_start)) if origin_row else None,
	)
	position = Position(datetime.fromisoformat(posted), int(sequence))
	balance = Balance(Decimal(held), Decimal(held_value))
	return StoredEntry(position, movement, Decimal(worth), balance, voucher_type, voucher_no)


def keys_of(voucher_type: str, voucher_no: str) -> set[Key]:
	"""The balances that a posted document moved. They never change, so that no lock is needed."""
	rows = frappe.db.sql(
		"""select distinct item, warehouse from `tabBottle Ledger Entry`
		where voucher_no = %s and voucher_type = %s and is_cancelled = 0""",
		(voucher_no, voucher_type),
	)
	return {Key(*row) for row in rows}


def posted_at(voucher_type: str, voucher_no: str) -> datetime | None:
	"""When a posted document counts from; None if it has no live entries."""
	return frappe.db.sql(
		"""select min(posting_datetime) from `tabBottle Ledger Entry`
		where voucher_no = %s and voucher_type = %s and is_cancelled = 0""",
		(voucher_no, voucher_type),
	)[0][0]


def of_voucher(voucher_type: str, voucher_no: str, *, locking: bool = True) -> list[StoredEntry]:
	"""The live entries of a document in ledger order; `locking`: as they are now, else as this transaction sees."""
	rows = frappe.db.sql(
		f"""select {READ} from `tabBottle Ledger Entry`
		where voucher_no = %s and voucher_type = %s and is_cancelled = 0
		order by sequence {"for update" if locking else ""}""",
		(voucher_no, voucher_type),
		pluck=True,
	)
	return [read_entry(row) for row in rows]


def balances_at(keys: Iterable[Key], moment: datetime, *, locking: bool = True) -> dict[Key, Balance]:
	"""What the balances were after all that was posted up to `moment`, it included."""
	keys = sorted(keys)
	one = f"""(select item, warehouse, cast(balance_quantity as char), cast(balance_value as char)
		from `tabBottle Ledger Entry` force index (ledger_order)
		where item = %s and warehouse = %s and posting_datetime <= %s and is_cancelled = 0
		order by posting_datetime desc, sequence desc limit 1 {"lock in share mode" if locking else ""})"""
	rows = frappe.db.sql(" union all ".join([one] * len(keys)), flat((*key, moment) for key in keys))
	found = {Key(item, place): Balance(exact(held), exact(worth)) for item, place, held, worth in rows}
	return {key: found.get(key, Balance()) for key in keys}


def issued(items: Collection[str], rows: Collection[str], *, locking: bool = True) -> dict[str, Issued]:
	"""What the issues of document rows took out."""
	if not rows:
		return {}
	parents = frappe.db.sql(
		"select distinct parent from `tabBottle Sale Item` where name in %s", (sorted(rows),), pluck=True
	)
	found = frappe.db.sql(
		f"""select voucher_row, cast(-quantity as char), cast(-value as char)
		from `tabBottle Ledger Entry` force index (voucher_no)
		where voucher_no in %s and voucher_row in %s and item in %s and quantity < 0 and is_cancelled = 0
		{"lock in share mode" if locking else ""}""",
		(parents or [""], sorted(rows), sorted(items)),
	)
	return {row: Issued(exact(moved), exact(worth)) for row, moved, worth in found}


def rewrite(revalued: Sequence[Revalued]) -> None:
	"""Write what a replay found, all in one statement."""
	rows = [
		(stored.position.sequence, entry.value, entry.balance.quantity, entry.balance.value)
		for stored, entry in revalued
	]
	table = joined("Bottle Ledger Entry", ("name", "value", "balance_quantity", "balance_value"), rows)
	frappe.db.sql(
		f"""update {table} set t.value = x.value, t.balance_quantity = x.balance_quantity,
			t.balance_value = x.balance_value"""
	)


def mark_cancelled(
	entries: Iterable[StoredEntry], now: datetime, chains: Mapping[Key, Link]
) -> dict[Key, Link]:
	"""Take a document's entries out of the live ledger. They stay for the audit.

	`chains` are the ends of their balances' chains; the answer is where these end now.
	"""
	ends = dict(chains)
	rows = []
	for entry in entries:
		sequence, key = entry.position.sequence, entry.movement.key
		ends[key] = cancelled(ends[key], sequence)
		rows.append((sequence, *ends[key]))
	table = joined("Bottle Ledger Entry", ("name", "number", "seal"), rows)
	frappe.db.sql(
		f"""update {table} set t.is_cancelled = 1, t.cancel_number = x.number, t.cancel_seal = x.seal,
			t.modified = {literal(now)}, t.modified_by = {literal(frappe.session.user)}"""
	)
	return ends


def last_postings(keys: Iterable[Key]) -> dict[Key, datetime]:
	"""When the latest live entry of each balance was posted; keys without one are missing."""
	keys = sorted(keys)
	one = """(select item, warehouse, posting_datetime from `tabBottle Ledger Entry` force index (ledger_order)
		where item = %s and warehouse = %s and is_cancelled = 0
		order by posting_datetime desc, sequence desc limit 1 lock in share mode)"""
	rows = frappe.db.sql(" union all ".join([one] * len(keys)), flat(keys))
	return {Key(item, warehouse): posted for item, warehouse, posted in rows}
