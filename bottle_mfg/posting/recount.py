"""The books counted from zero, by their facts alone, and compared with what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import frappe
from frappe.utils import now_datetime

from bottle_mfg.ledger import ZERO, Balance, Entry, Key, Recount, Revalued, StoredEntry, unit_cost
from bottle_mfg.payments import recount as bills
from bottle_mfg.posting import balances, chain, daily_totals, documents, entries, returned
from bottle_mfg.posting.balances import Held
from bottle_mfg.posting.daily_totals import SUMS, Sums
from bottle_mfg.posting.documents import Difference
from bottle_mfg.posting.entries import READ, read_entry
from bottle_mfg.posting.periods import refuse_closed
from bottle_mfg.posting.sql import exact

PAGE = 5000
"""Entries that are read at once."""

Progress = Callable[[int, int], None]
"""Told how many of how many entries were counted."""

Counted = tuple[StoredEntry, Entry]

_LEDGER = "Bottle Ledger Entry"


def verify(progress: Progress | None = None) -> Iterator[Difference]:
	"""Everything stored that is not what a count from zero finds. Reads one state of the database, locks nothing.

	The caller begins a transaction of its own, so that all is read as of its first statement.
	"""
	books = _Books(progress)
	for page in books.pages():
		yield from books.differences(page)
	yield from books.differences_of_balances()
	yield from books.differences_of_totals()
	yield from returned.differences()
	yield from bills.differences()


def rebuild(progress: Progress | None = None, closed_too: bool = False) -> int:
	"""Write everything that is not what a count from zero finds; gives how many records were wrong.

	Facts stay as they are: where an entry takes more than there is, `verify` goes on saying so.

	Holds every balance locked meanwhile. The caller commits. Raises `ClosedPeriodError` where something is wrong
	in a closed period, unless `closed_too`.
	"""
	now = now_datetime()
	keys = {Key(*row) for row in frappe.db.sql("select item, warehouse from `tabBottle Stock`")}
	held = balances.lock(keys, now)
	books = _Books(progress, locking=True)
	wrong: set[tuple[str, str]] = set()
	for page in books.pages():
		found = list(books.differences(page))
		if not found:
			continue
		if not closed_too:
			refuse_closed(page[0][0].position.posting_datetime.date())
		wrong |= {(one.doctype, str(one.name)) for one in found}
		_repair(page, found, now)
	late = [*books.differences_of_balances(), *books.differences_of_totals()]
	if late:
		wrong |= {(one.doctype, str(one.name)) for one in late}
		books.write_balances(held, now)
		books.write_totals(now)
	forgotten = {(one.doctype, one.name) for one in returned.differences()}
	if forgotten:
		wrong |= forgotten
		returned.rebuild()
	wrong |= bills.rebuild()
	return len(wrong)


class _Books:
	"""One count from zero. Balances and daily totals are known once all `pages` were taken."""

	def __init__(self, progress: Progress | None, *, locking: bool = False) -> None:
		self._progress = progress
		self._lock = "lock in share mode" if locking else ""
		self._totals: dict[tuple[date, Key], Sums] = defaultdict(lambda: defaultdict(lambda: ZERO))
		self._last: dict[Key, datetime] = {}
		self._seen: set[Difference] = set()
		self._impossible: dict[int, Decimal] = {}
		returned = frappe.db.sql(
			"select distinct origin_row from `tabBottle Ledger Entry` where origin_row > '' and is_cancelled = 0",
			pluck=True,
		)
		self._recount = Recount(set(returned))

	def pages(self) -> Iterator[list[Counted]]:
		"""The live entries in ledger order, each with what it should be."""
		total = frappe.db.sql("select count(*) from `tabBottle Ledger Entry`")[0][0]
		moment, sequence, done = datetime.min, 0, 0
		while True:
			rows = frappe.db.sql(
				f"""select {READ}, is_cancelled, posting_datetime, sequence from `tabBottle Ledger Entry` force index (posting_order)
				where posting_datetime >= %s and (posting_datetime > %s or sequence > %s)
				order by posting_datetime, sequence limit {PAGE} {self._lock}""",
				(moment, moment, sequence),
			)
			if not rows:
				return
			moment, sequence = rows[-1][2:]
			page = [self._count(read_entry(text)) for text, cancelled, *_position in rows if not cancelled]
			self._add_revenue(page)
			done += len(rows)
			if self._progress:
				self._progress(done, total)
			if page:
				yield page

	def _count(self, stored: StoredEntry) -> Counted:
		key, moment = stored.movement.key, stored.position.posting_datetime
		try:
			entry = self._recount.enter(stored.movement, stored.group, moment)
		except ValueError:
			# More is taken than there is: no count makes that right. What follows is counted from what is stored.
			held = self._recount.balances.get(key, Balance())
			self._impossible[stored.position.sequence] = -held.quantity
			entry = Entry(stored.movement, stored.value, stored.balance)
			self._recount.balances[key] = stored.balance
		total = self._totals[moment.date(), key]
		for column, part in daily_totals.sums(stored.voucher_type, stored.movement, entry.value).items():
			total[column] += part
		self._last[key] = moment
		return stored, entry

	def _add_revenue(self, page: Sequence[Counted]) -> None:
		"""What sales earned is on the documents, not in the ledger."""
		sold = {one.movement.row: one for one, _entry in page if one.voucher_type == "Bottle Sale"}
		if not sold:
			return
		for row, amount in frappe.db.sql(
			"select name, cast(amount as char) from `tabBottle Sale Item` where name in %s", (sorted(sold),)
		):
			one = sold[row]
			self._totals[one.position.posting_datetime.date(), one.movement.key]["revenue"] += exact(amount)

	def differences(self, page: Sequence[Counted]) -> Iterator[Difference]:
		"""What is wrong with the entries of a page and with the documents they belong to."""
		by_type: dict[str, list[Counted]] = defaultdict(list)
		for stored, entry in page:
			by_type[stored.voucher_type].append((stored, entry))
			for column, was, should in (
				("quantity", stored.movement.quantity, self._possible(stored)),
				("value", stored.value, entry.value),
				("balance_quantity", stored.balance.quantity, entry.balance.quantity),
				("balance_value", stored.balance.value, entry.balance.value),
			):
				if was != should:
					yield Difference(_LEDGER, str(stored.position.sequence), column, was, should)
		for doctype, counted in by_type.items():
			names = {stored.voucher_no for stored, _entry in counted}
			valued = [(stored.voucher_no, entry) for stored, entry in counted]
			for difference in documents.outdated(doctype, names, valued):
				if difference not in self._seen:  # a document may stand on two pages
					self._seen.add(difference)
					yield difference

	def _possible(self, stored: StoredEntry) -> Decimal:
		return self._impossible.get(stored.position.sequence, stored.movement.quantity)

	def differences_of_balances(self) -> Iterator[Difference]:
		"""What is wrong with Bottle Stock."""
		counted = self._held()
		for name, item, warehouse, *figures, last in frappe.db.sql(
			f"""select name, item, warehouse, cast(quantity as char), cast(value as char),
				cast(unit_cost as char), last_posting from `tabBottle Stock` order by name {self._lock}"""
		):
			held = counted.pop(Key(item, warehouse), Held())
			should = (held.balance.quantity, held.balance.value, unit_cost(held.balance))
			for column, was, expected in zip(
				("quantity", "value", "unit_cost", "last_posting"),
				(*map(exact, figures), last),
				(*should, held.last_posting),
				strict=True,
			):
				if was != expected:
					yield Difference("Bottle Stock", name, column, was, expected)
		for key, held in counted.items():
			yield Difference("Bottle Stock", balances.row_name(key), "quantity", None, held.balance.quantity)

	def differences_of_totals(self) -> Iterator[Difference]:
		"""What is wrong with Bottle Daily Total."""
		counted = dict(self._totals)
		figures = ", ".join(f"cast(`{column}` as char)" for column in SUMS)
		for name, day, item, warehouse, *row in frappe.db.sql(
			f"select name, date, item, warehouse, {figures} from `tabBottle Daily Total` {self._lock}"
		):
			should = counted.pop((day, Key(item, warehouse)), {})
			for column, text in zip(SUMS, row, strict=True):
				if exact(text) != should.get(column, ZERO):
					yield Difference(
						"Bottle Daily Total", name, column, exact(text), should.get(column, ZERO)
					)
		for (day, key), sums in counted.items():
			name = daily_totals.name_of(day, key)
			yield Difference("Bottle Daily Total", name, "quantity", None, sums["quantity"])

	def _held(self) -> dict[Key, Held]:
		return {key: Held(balance, self._last.get(key)) for key, balance in self._recount.balances.items()}

	def write_balances(self, held: Mapping[Key, Held], now: datetime) -> None:
		counted = self._held()
		links = {key: held[key].link if key in held else chain.last(key) for key in held.keys() | counted}
		balances.save({key: replace(counted.get(key, Held()), link=link) for key, link in links.items()}, now)

	def write_totals(self, now: datetime) -> None:
		frappe.db.delete("Bottle Daily Total")
		changes = [(day, key, dict(sums)) for (day, key), sums in self._totals.items()]
		for start in range(0, len(changes), PAGE):
			daily_totals.add(changes[start : start + PAGE], now)


def _repair(page: Sequence[Counted], found: Sequence[Difference], now: datetime) -> None:
	wrong = [
		Revalued(stored, entry)
		for stored, entry in page
		if (stored.value, stored.balance) != (entry.value, entry.balance)
	]
	if wrong:
		entries.rewrite(wrong)
	by_type: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
	for stored, entry in page:
		by_type[stored.voucher_type].append((stored.voucher_no, entry))
	outdated = {one.doctype for one in found} | {one.stored.voucher_type for one in wrong}
	for doctype, valued in by_type.items():
		kept = documents.KEPT[doctype]
		if {doctype, kept.lines} & outdated:
			documents.write(doctype, {name for name, _entry in valued}, valued, now)
