"""The rows of Bottle Returned Goods: which parts of a document's lines live returns have taken back.

A row stands for the lock as well: whoever returns goods of a document, takes back such a return, or cancels the
document, holds its row before he locks any balance. It is found by its name alone, so that its lock covers no
other row and no gap between rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import frappe
from frappe.utils import now_datetime

from bottle_mfg.ledger.parts import Part
from bottle_mfg.posting.balances import LOCK_WAIT
from bottle_mfg.posting.documents import Difference
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, exact, places, standard_values

RETURNABLE = ("Bottle Sale", "Bottle Purchase")
"""The kinds of documents whose goods can come back."""

_CANCELLED = 2

Parts = dict[str, dict[str, Part]]
"""By the name of the document's line, the parts by the name of the return's line."""


@dataclass
class Returned:
	"""What has come back of a document, and whether the document is cancelled."""

	voucher_no: str
	parts: Parts
	is_cancelled: bool = False
	voucher_type: str = ""

	def of_line(self, row: str) -> Collection[Part]:
		return self.parts.get(row, {}).values()

	def rows(self) -> list[str]:
		"""The names of the lines of live returns."""
		return [name for parts in self.parts.values() for name in parts]

	def give_up(self, rows: Iterable[str]) -> None:
		"""Forget the parts that these lines of returns took back."""
		gone = set(rows)
		for parts in self.parts.values():
			for name in gone & set(parts):
				del parts[name]


def read(voucher_no: str) -> Returned:
	"""What had come back as last committed, without a lock: to show, never to take from."""
	return _from(voucher_no, _select(voucher_no, ""))


def hold(voucher_type: str, voucher_no: str) -> Returned:
	"""Lock what has come back of a document until the transaction ends, and read it as it is now.

	Raises what the database raises where others keep it locked for too long.
	"""
	if not _select(voucher_no, ""):
		row = (voucher_no, *standard_values(now_datetime()), voucher_type, "{}", 0)
		frappe.db.sql(
			f"""insert into `tabBottle Returned Goods`
				({columns(("name", *STANDARD_COLUMNS, "voucher_type", "parts", "is_cancelled"))})
			values {places([row])} on duplicate key update name = name""",
			row,
		)
	return _from(voucher_no, _select(voucher_no, f"for update wait {LOCK_WAIT}"))


def save(returned: Returned) -> None:
	"""Write a locked row back."""
	frappe.db.sql(
		"""update `tabBottle Returned Goods`
		set parts = %s, is_cancelled = %s, modified = %s, modified_by = %s where name = %s""",
		(
			_text(returned.parts),
			int(returned.is_cancelled),
			now_datetime(),
			frappe.session.user,
			returned.voucher_no,
		),
	)


def forget(vouchers: Iterable[str]) -> None:
	"""Delete what is kept of documents that are deleted themselves."""
	frappe.db.delete("Bottle Returned Goods", {"name": ("in", [*vouchers, ""])})


def differences() -> Iterator[Difference]:
	"""Every row that does not say what the submitted returns took back, or whether its document is cancelled."""
	for now in _counted().values():
		was = read(now.voucher_no)
		for column, kept, expected in (
			("parts", _text(was.parts), _text(now.parts)),
			("is_cancelled", was.is_cancelled, now.is_cancelled),
		):
			if kept != expected:
				yield Difference("Bottle Returned Goods", now.voucher_no, column, kept, expected)


def rebuild() -> None:
	"""Make all rows say what the submitted returns took back."""
	for now in _counted().values():
		hold(now.voucher_type, now.voucher_no)
		save(now)


def _counted() -> dict[str, Returned]:
	"""What every row should be, by the lines of the returns themselves. A row that no return asks for may be absent."""
	counted: dict[str, Returned] = {}
	for doctype in RETURNABLE:
		for name, docstatus in frappe.db.sql(
			f"""select doc.name, doc.docstatus from `tabBottle Returned Goods` kept
			join `tab{doctype}` doc on doc.name = kept.name where kept.voucher_type = %s""",
			(doctype,),
		):
			counted[name] = Returned(name, defaultdict(dict), docstatus == _CANCELLED, doctype)
		for name, line, row, start, quantity in frappe.db.sql(
			f"""select doc.return_against, item.against_row, item.name, cast(item.returned_start as char),
				cast(item.quantity as char)
			from `tab{doctype}` doc join `tab{doctype} Item` item on item.parent = doc.name
			where doc.return_against > '' and doc.is_return = 1 and doc.docstatus = 1"""
		):
			one = counted.setdefault(name, Returned(name, defaultdict(dict), False, doctype))
			one.parts[line][row] = Part(exact(start), exact(quantity))
	return counted


def _text(parts: Parts) -> str:
	return json.dumps(
		{
			line: {row: [f"{number.normalize():f}" for number in part] for row, part in sorted(kept.items())}
			for line, kept in sorted(parts.items())
			if kept
		}
	)


def _select(voucher_no: str, lock: str) -> tuple[tuple[str, int], ...]:
	return frappe.db.sql(
		f"select parts, is_cancelled from `tabBottle Returned Goods` where name = %s {lock}", (voucher_no,)
	)


def _from(voucher_no: str, rows: tuple[tuple[str, int], ...]) -> Returned:
	parts: Parts = defaultdict(dict)
	for row, stored in json.loads(rows[0][0]).items() if rows else ():
		parts[row] = {
			name: Part(Decimal(start), Decimal(quantity)) for name, (start, quantity) in stored.items()
		}
	return Returned(voucher_no, parts, bool(rows and rows[0][1]))
