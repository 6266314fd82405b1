"""What the books say a warehouse holds, for who counts it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import Balance, Key
from bottle_mfg.posting.balances import row_name
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within

_LINKS = {"item": "Bottle Item", "warehouse": "Bottle Warehouse"}


def booked(warehouse: str, on: date, items: Collection[str] | None = None) -> dict[str, Balance]:
	"""What there is by item (None: of all that is held) at the end of a day, or now if that is today.

	To show, never to post from. Users see no more items and warehouses than User Permissions let them.
	"""
	if items is not None and not items:
		return {}
	now = on >= getdate(nowdate())
	source = "Bottle Stock" if now else "Bottle Daily Total"
	conditions, values = within(source, _LINKS)
	conditions.append("warehouse = %s")
	values.append(warehouse)
	if not now:
		conditions.append("date <= %s")
		values.append(on)
	if items is not None:
		conditions.append("item in %s")
		values.append(sorted(items))
	rows = frappe.db.sql(
		f"""select item, cast(sum(quantity) as char), cast(sum(value) as char) from `tab{source}`
		where {" and ".join(conditions)} group by item having sum(quantity) != 0 order by item""",
		values,
	)
	return {item: Balance(exact(quantity), exact(value)) for item, quantity, value in rows}


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
