"""The locks and rows of Bottle Stock: the balance of every item in every warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import frappe
from frappe import _

from bottle_mfg.errors import BusyError, throw
from bottle_mfg.ledger import Balance, Key, Link, unit_cost
from bottle_mfg.posting.periods import CLOSED_UNTIL, check_open, refuse_closed
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, exact, flat, places, standard_values

SEPARATOR = "::"
"""Joins item and warehouse in a row's name. Neither may contain it, so that a name means one pair."""

LOCK_WAIT = 10
"""Seconds that a posting waits for a balance that another holds. A posting takes milliseconds."""

NOTHING = Balance()

UNCHAINED = Link()

_BEGINNING = 20

_COLUMNS = (
	"name",
	*STANDARD_COLUMNS,
	"item",
	"warehouse",
	"quantity",
	"value",
	"unit_cost",
	"last_updated",
	"last_posting",
	"chain_number",
	"seal",
	"chain_start",
)
_READ = "name, cast(quantity as char), cast(value as char), last_posting, chain_number, seal"


@dataclass(frozen=True)
class Held:
	"""A locked balance, when its latest live entry was posted (None: it has none), and the end of its chain."""

	balance: Balance = NOTHING
	last_posting: datetime | None = None
	link: Link = UNCHAINED


def row_name(key: Key) -> str:
	"""The name of the Bottle Stock row of an item and warehouse: the primary key, hence unique."""
	return f"{key.item}{SEPARATOR}{key.warehouse}"


def lock(keys: Iterable[Key], now: datetime, open_on: date | None = None) -> dict[Key, Held]:
	"""Lock the balances of `keys` until the transaction ends and read them as they are now.

	With `open_on`, raises `ClosedPeriodError` where the books are closed on that day, before anything is locked.

	One locking read in the order of the primary key, so that no two postings wait for each other in a circle.
	Rows that do not exist yet are made first, in the same order: a transaction makes rows only while it holds no
	older one. Raises Frappe's `QueryTimeoutError` where others hold a balance for longer than `LOCK_WAIT`, its
	`QueryDeadlockError`, and `BusyError` where a row was renamed meanwhile.
	"""
	named = {row_name(key): key for key in keys}
	if not named:
		if open_on is not None:
			refuse_closed(open_on)
		return {}
	existing = _existing(named, open_on)
	_make_missing(named, existing, now)
	return _locked(named, LOCK_WAIT)


def lock_one_more(key: Key) -> Held:
	"""Lock a balance that exists, out of order, hence without waiting for it. Raises as `lock` does."""
	return _locked({row_name(key): key}, 0)[key]


def _locked(named: Mapping[str, Key], wait: int) -> dict[Key, Held]:
	rows = frappe.db.sql(
		f"""select {_READ} from `tabBottle Stock` force index (primary)
		where name in %s order by name for update wait %s""",
		(sorted(named), wait),
	)
	if len(rows) < len(named):
		throw(BusyError(_("An item or warehouse was just renamed. Please try again.")))
	return {named[name]: held for name, held in _read(rows)}


def look(keys: Iterable[Key]) -> dict[Key, Held]:
	"""The balances as this transaction sees them, without a lock: to tell what would be, never to post from."""
	named = {row_name(key): key for key in keys}
	rows = frappe.db.sql(f"select {_READ} from `tabBottle Stock` where name in %s", (sorted(named) or [""],))
	found = {named[name]: held for name, held in _read(rows) if name in named}
	return {key: found.get(key, Held()) for key in named.values()}


def _read(rows: Iterable[tuple[str, str, str, datetime | None, int, str]]) -> Iterator[tuple[str, Held]]:
	for name, quantity, value, last_posting, number, seal in rows:
		yield name, Held(Balance(exact(quantity), exact(value)), last_posting, Link(number, seal or ""))


def moved_since(keys: Iterable[Key], moment: datetime) -> bool:
	"""Whether, as far as this transaction sees, any of the balances has a posting later than `moment`."""
	names = sorted(map(row_name, keys))
	return bool(
		names  # a count that found nothing has moved none
		and frappe.db.sql(
			"select 1 from `tabBottle Stock` where name in %s and last_posting > %s limit 1", (names, moment)
		)
	)


def _existing(named: Collection[str], open_on: date | None) -> set[str]:
	"""Which of the rows there are. Whether the books are open is asked in the same breath: each question takes time."""
	rows, names = "select name{0} from `tabBottle Stock` where name in %s", (sorted(named),)
	if open_on is None:
		return set(frappe.db.sql(rows.format(""), names, pluck=True))
	found = frappe.db.sql(f"({CLOSED_UNTIL}) union all ({rows.format(', 1')})", names)
	check_open(open_on, [value for value, is_row in found if not is_row])
	return {name for name, is_row in found if is_row}


def _make_missing(named: Mapping[str, Key], existing: Collection[str], now: datetime) -> None:
	missing = sorted(set(named) - set(existing))
	if missing:
		rows = {named[name]: Held(link=Link(0, beginning())) for name in missing}
		_write(rows, now, "name = name", f"set statement innodb_lock_wait_timeout = {LOCK_WAIT} for")


def beginning() -> str:
	"""The seal that a new chain begins with. It can't be guessed, and no other chain has it."""
	return frappe.generate_hash(length=_BEGINNING)


def save(balances: Mapping[Key, Held], now: datetime) -> None:
	"""Write the locked balances back, all in one statement."""
	changed = (
		*("quantity", "value", "unit_cost", "last_updated", "last_posting", "chain_number", "seal"),
		*("modified", "modified_by"),
	)
	_write(balances, now, ", ".join(f"`{column}` = values(`{column}`)" for column in changed))


def _write(balances: Mapping[Key, Held], now: datetime, on_duplicate: str, setting: str = "") -> None:
	rows = [
		(
			row_name(key),
			*standard_values(now),
			key.item,
			key.warehouse,
			held.balance.quantity,
			held.balance.value,
			unit_cost(held.balance),
			now,
			held.last_posting,
			held.link.number,
			held.link.seal,
			"" if held.link.number else held.link.seal,
		)
		for key, held in sorted(balances.items())
	]
	frappe.db.sql(
		f"""{setting} insert into `tabBottle Stock` ({columns(_COLUMNS)}) values {places(rows)}
		on duplicate key update {on_duplicate}""",
		flat(rows),
	)


def hold(field: str, name: str) -> None:
	"""Lock every balance of an item or warehouse (`field` says which), so that no posting is under way."""
	frappe.db.sql(
		f"select name from `tabBottle Stock` where `{field}` = %s order by name for update", (name,)
	)


def rename(field: str, name: str) -> None:
	"""Give the balances of a renamed item or warehouse the names that go with it."""
	frappe.db.sql(
		f"update `tabBottle Stock` set name = concat(item, %s, warehouse) where `{field}` = %s",
		(SEPARATOR, name),
	)


def read(keys: Iterable[Key]) -> dict[Key, Balance]:
	"""The balances as last committed, without a lock: to show, never to post from. Missing keys hold nothing.

	As in the database, upper and lower case are the same.
	"""
	named: dict[str, list[Key]] = defaultdict(list)
	for key in keys:
		named[row_name(key).casefold()].append(key)
	if not named:
		return {}
	rows = frappe.db.sql(
		"""select name, cast(quantity as char), cast(value as char) from `tabBottle Stock`
		where name in %s""",
		(sorted(named),),
	)
	return {
		key: Balance(exact(quantity), exact(value))
		for name, quantity, value in rows
		for key in named.get(name.casefold(), ())
	}
