"""The rows of Bottle Ledger Entry: written once, marked when their document is cancelled, never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import frappe

from bottle_mfg.ledger import Balance, Basis, Entry, Key
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, exact, flat, places, standard_values

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
	"is_cancelled",
)
# Frappe's own sequence for a DocType named by autoincrement. It is drawn while the balance is locked, so that
# within a balance a later posting has the higher number.
_NEXT = "nextval(`bottle_ledger_entry_id_seq`), lastval(`bottle_ledger_entry_id_seq`)"


@dataclass(frozen=True)
class StoredEntry:
	"""A live entry as it stands in the table."""

	sequence: int
	posting_datetime: datetime
	item: str
	warehouse: str
	quantity: Decimal
	value: Decimal
	declared: Decimal
	basis: Basis

	@property
	def key(self) -> Key:
		return Key(self.item, self.warehouse)


@dataclass(frozen=True)
class LaterEntry:
	"""What stands in the way of a correction: a document that moved the same item later."""

	voucher_type: str
	voucher_no: str
	posting_datetime: datetime
	item: str
	warehouse: str


def insert(
	entries: Sequence[Entry], posting_datetime: datetime, voucher_type: str, voucher_no: str, now: datetime
) -> None:
	"""Append the entries of one document, all in one statement, in their order."""
	rows = [
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
			0,
		)
		for entry in entries
	]
	frappe.db.sql(
		f"""insert into `tabBottle Ledger Entry` (name, sequence, {columns(_COLUMNS)})
		values {places(rows, _NEXT)}""",
		flat(rows),
	)


def of_voucher(voucher_type: str, voucher_no: str) -> list[StoredEntry]:
	"""The live entries of a document in ledger order, read with a lock: as they are now."""
	rows = frappe.db.sql(
		"""select sequence, posting_datetime, item, warehouse, cast(quantity as char), cast(value as char),
			cast(declared_value as char), basis
		from `tabBottle Ledger Entry`
		where voucher_no = %s and voucher_type = %s and is_cancelled = 0
		order by sequence for update""",
		(voucher_no, voucher_type),
	)
	return [
		StoredEntry(
			sequence, posted, item, warehouse, exact(quantity), exact(value), exact(declared), Basis(basis)
		)
		for sequence, posted, item, warehouse, quantity, value, declared, basis in rows
	]


def first_derived_after(starts: Mapping[Key, StoredEntry]) -> LaterEntry | None:
	"""The first live entry after `starts` in any of their balances whose value was derived from the balance."""
	where, values = _after(starts)
	row = frappe.db.sql(
		f"""select voucher_type, voucher_no, posting_datetime, item, warehouse
		from `tabBottle Ledger Entry`
		where ({where}) and is_cancelled = 0 and basis != %s
		order by posting_datetime, sequence limit 1 lock in share mode""",
		(*values, Basis.DECLARED.value),
	)
	return LaterEntry(*row[0]) if row else None


def first_since(key: Key, moment: datetime) -> LaterEntry:
	"""The first live entry of a balance later than `moment`. There has to be one."""
	row = frappe.db.sql(
		"""select voucher_type, voucher_no, posting_datetime, item, warehouse
		from `tabBottle Ledger Entry`
		where item = %s and warehouse = %s and posting_datetime > %s and is_cancelled = 0
		order by posting_datetime, sequence limit 1 lock in share mode""",
		(*key, moment),
	)
	return LaterEntry(*row[0])


def shift_after(starts: Mapping[Key, StoredEntry], changes: Mapping[Key, Balance]) -> None:
	"""Add a change of quantity and value to every running balance after `starts`."""
	where, values = _after(starts)
	cases = " ".join(["when item = %s and warehouse = %s then %s"] * len(changes))
	by_quantity = flat((*key, change.quantity) for key, change in changes.items())
	by_value = flat((*key, change.value) for key, change in changes.items())
	frappe.db.sql(
		f"""update `tabBottle Ledger Entry` set
			balance_quantity = balance_quantity + case {cases} end,
			balance_value = balance_value + case {cases} end
		where ({where}) and is_cancelled = 0""",
		(*by_quantity, *by_value, *values),
	)


def _after(starts: Mapping[Key, StoredEntry]) -> tuple[str, list[object]]:
	one = """(item = %s and warehouse = %s
		and (posting_datetime > %s or (posting_datetime = %s and sequence > %s)))"""
	values = [
		(*key, start.posting_datetime, start.posting_datetime, start.sequence)
		for key, start in starts.items()
	]
	return " or ".join([one] * len(values)), flat(values)


def mark_cancelled(voucher_type: str, voucher_no: str, now: datetime) -> None:
	"""Take a document's entries out of the live ledger. They stay for the audit."""
	frappe.db.sql(
		"""update `tabBottle Ledger Entry` set is_cancelled = 1, modified = %s, modified_by = %s
		where voucher_no = %s and voucher_type = %s and is_cancelled = 0""",
		(now, frappe.session.user, voucher_no, voucher_type),
	)


def last_postings(keys: Iterable[Key]) -> dict[Key, datetime]:
	"""When the latest live entry of each balance was posted; keys without one are missing."""
	keys = list(keys)
	rows = frappe.db.sql(
		f"""select item, warehouse, max(posting_datetime) from `tabBottle Ledger Entry`
		where is_cancelled = 0 and ({" or ".join(["(item = %s and warehouse = %s)"] * len(keys))})
		group by item, warehouse lock in share mode""",
		flat(keys),
	)
	return {Key(item, warehouse): posted for item, warehouse, posted in rows}
