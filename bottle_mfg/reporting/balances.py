"""What was held at the end of a past day, from the running balances of the ledger."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import frappe

from bottle_mfg.ledger import Balance, Key
from bottle_mfg.posting.sql import exact, flat
from bottle_mfg.reporting.access import within

_AT_ONCE = 500
_LAST = """(
	select item, warehouse, cast(balance_quantity as char), cast(balance_value as char)
	from `tabBottle Ledger Entry` use index (ledger_order)
	where item = %s and warehouse = %s and posting_datetime < %s and is_cancelled = 0
	order by posting_datetime desc, sequence desc limit 1
)"""


def at_end_of(day: date, *, item: str | None = None, warehouse: str | None = None) -> dict[Key, Balance]:
	"""The balances of all items, or of one, in all warehouses, or in one; empty ones are left out.

	The last entry of each balance says it: one look into an index for each, however long the history is. Users see
	no more items and warehouses than User Permissions let them.
	"""
	keys = _keys(item, warehouse)
	until = datetime.combine(day + timedelta(days=1), time())
	found: dict[Key, Balance] = {}
	for start in range(0, len(keys), _AT_ONCE):
		some = keys[start : start + _AT_ONCE]
		# One look for each, spelled out: put as a join, the database would walk back from today in every balance.
		for code, shop, quantity, value in frappe.db.sql(
			" union all ".join([_LAST] * len(some)), flat((*key, until) for key in some)
		):
			found[Key(code, shop)] = Balance(exact(quantity), exact(value))
	return {key: balance for key, balance in found.items() if balance.quantity}


def _keys(item: str | None, warehouse: str | None) -> list[tuple[str, str]]:
	conditions, values = within(
		"Bottle Daily Total", {"item": "Bottle Item", "warehouse": "Bottle Warehouse"}
	)
	for column, value in (("item", item), ("warehouse", warehouse)):
		if value is not None:
			conditions.append(f"{column} = %s")
			values.append(value)
	rows = frappe.db.sql(
		f"select item, warehouse from `tabBottle Stock` where {' and '.join(conditions) or 'true'}", values
	)
	return list(rows)
