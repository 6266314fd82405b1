"""What the books say a warehouse holds, for who counts it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import Balance, Key
from bottle_mfg.posting.balances import read, row_name
from bottle_mfg.posting.entries import balances_at
from bottle_mfg.posting.sql import exact
from bottle_mfg.posting.voucher import END_OF_DAY
from bottle_mfg.reporting.access import within

_AT_ONCE = 500
"""Balances of the past that one statement asks for."""


def counted_at(day: date, at: time | None) -> datetime | None:
	"""The moment that a count of a day compares with: the stated time, the end of a past day, or (None) now."""
	if at is None and day >= getdate(nowdate()):
		return None
	return datetime.combine(day, at or END_OF_DAY)


def booked(
	warehouse: str, moment: datetime | None, items: Collection[str] | None = None
) -> dict[str, Balance]:
	"""What there is by item (None: of all that was ever held) at a moment (None: now); empty balances are left out.

	To show, never to post from.
	"""
	keys = [Key(item, warehouse) for item in (_ever_held(warehouse) if items is None else items)]
	if moment is None:
		found = read(keys)
	else:
		found = {}
		for start in range(0, len(keys), _AT_ONCE):
			found |= balances_at(keys[start : start + _AT_ONCE], moment, locking=False)
	return {key.item: balance for key, balance in sorted(found.items()) if balance.quantity}


def _ever_held(warehouse: str) -> list[str]:
	"""Users see no more items and warehouses than User Permissions let them."""
	conditions, values = within("Bottle Stock", {"item": "Bottle Item", "warehouse": "Bottle Warehouse"})
	return frappe.db.sql(
		f"select item from `tabBottle Stock` where {' and '.join([*conditions, 'warehouse = %s'])}",
		[*values, warehouse],
		pluck=True,
	)


def last_known(warehouse: str, items: Collection[str]) -> dict[str, Balance]:
	"""Some quantity of each item with what it was worth when it was seen last: here, or else in other warehouses.

	Items that nobody ever held are missing. To be asked while the balances of the items here are locked: the
	ledger's rows are read as they are now.
	"""
	if not items:
		return {}
	elsewhere = frappe.db.sql(
		"""select item, cast(sum(quantity) as char), cast(sum(value) as char) from `tabBottle Stock`
		where item in %s and quantity > 0 group by item""",
		(sorted(items),),
	)
	here = frappe.db.sql(
		"""select entry.item, cast(abs(entry.quantity) as char), cast(abs(entry.value) as char)
		from `tabBottle Stock` stock join `tabBottle Ledger Entry` entry
			on entry.item = stock.item and entry.warehouse = stock.warehouse
			and entry.posting_datetime = stock.last_posting
		where stock.name in %s and entry.is_cancelled = 0
		order by entry.sequence lock in share mode""",
		(sorted(row_name(Key(item, warehouse)) for item in items),),
	)
	return {item: Balance(exact(quantity), exact(value)) for item, quantity, value in (*elsewhere, *here)}
