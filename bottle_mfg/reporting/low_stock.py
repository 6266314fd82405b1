"""Which items run low: at or under their reorder level, in all warehouses together.

One that never was in stock runs low, too: who gives it a level wants it to be there. Without a level, or disabled, none
does. The alert, the reports, the cards and the item's form agree on this.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within


@dataclass(frozen=True)
class LowItem:
	"""An item at or under its reorder level. Quantities are in its unit; `reorder_qty` is 0 where none is set."""

	item: str
	item_name: str
	item_type: str
	uom: str
	quantity: Decimal
	reorder_level: Decimal
	reorder_qty: Decimal
	lead_time_days: int

	@property
	def out_of_stock(self) -> bool:
		return not self.quantity


def runs_low(quantity: Decimal, reorder_level: Decimal, disabled: bool) -> bool:
	"""Whether an item of which there is a `quantity` in all runs low; `low_items` asks the database the same."""
	return not disabled and bool(reorder_level) and quantity <= reorder_level


def low_items(items: Collection[str] | None = None, *, confined: bool = False) -> list[LowItem]:
	"""The items that run low now, or those among `items`, by their codes.

	The level is the item's, so that it is compared with what all warehouses hold: what is short in one may be fetched
	from another. The answer is of the whole factory, whoever asks; `confined` keeps it to the items and
	warehouses that User Permissions let the session's user see.
	"""
	of_stock, of_items, values = "", ["item.disabled = 0", "item.reorder_level > 0"], []
	if confined:
		conditions, names = within("Bottle Stock", {"stock.warehouse": "Bottle Warehouse"})
		of_stock = "".join(f" and {condition}" for condition in conditions)
		values += names
		conditions, names = within("Bottle Stock", {"item.name": "Bottle Item"})
		of_items += conditions
		values += names
	if items is not None:
		of_items.append("item.name in %s")
		values.append(tuple(items) or ("",))
	rows = frappe.db.sql(
		f"""select item.name, item.item_name, item.item_type, item.uom,
			cast(ifnull(sum(stock.quantity), 0) as char), cast(item.reorder_level as char),
			cast(item.reorder_qty as char), item.lead_time_days
		from `tabBottle Item` item left join `tabBottle Stock` stock on stock.item = item.name{of_stock}
		where {" and ".join(of_items)}
		group by item.name having ifnull(sum(stock.quantity), 0) <= max(item.reorder_level)
		order by item.name""",
		values,
	)
	return [_low(*row) for row in rows]


def _low(
	item: str, name: str, item_type: str, uom: str, held: str, level: str, usual: str, days: Any
) -> LowItem:
	return LowItem(item, name, item_type, uom, exact(held), exact(level), exact(usual), days or 0)
