"""What to order of the items that run low: how long they last, what is ordered already, how much, and from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

import frappe

from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.last_purchases import LastPurchase, bought, last_purchases
from bottle_mfg.reporting.low_stock import LowItem, low_items
from bottle_mfg.reporting.usage import WINDOW, Use, used

MOST_DAYS = 366
"""Over how many days, at most, the daily use is averaged."""

NOT_USED = Use(ZERO, WINDOW)

_WHOLE, _PLACES = Decimal(1), Decimal("0.001")


@dataclass(frozen=True)
class OnOrder:
	"""What of an item stands on drafts of purchases, in its unit, and their names, the oldest first."""

	quantity: Decimal = ZERO
	drafts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
	"""What to order of an item that runs low, by what was used of it lately.

	`last` is the latest purchase that the session's user may see; `bought` whether there is any.
	"""

	low: LowItem
	use: Use = NOT_USED
	on_order: OnOrder = field(default_factory=OnOrder)
	last: LastPurchase | None = None
	bought: bool = False

	@property
	def blown_here(self) -> bool:
		"""Whether the factory makes it itself: a bottle that was never bought."""
		return self.low.item_type == "Bottle" and not self.bought

	@property
	def quantity(self) -> Decimal:
		"""How much to order, in the item's unit: its usual quantity, or what fills it up to the reorder level and lasts
		until it is there; at least the reorder level. 0 where a draft has it already."""
		low = self.low
		if self.on_order.drafts:
			return ZERO
		if low.reorder_qty:
			return low.reorder_qty
		in_lead_time = max(self.use.quantity, ZERO) * low.lead_time_days / self.use.days
		wanted = low.reorder_level - low.quantity + in_lead_time
		return (wanted if wanted > 0 else low.reorder_level).quantize(
			_WHOLE if low.uom == "pcs" else _PLACES, ROUND_CEILING
		)


def suggestions(
	days: int = WINDOW, *, items: Collection[str] | None = None, confined: bool = False
) -> list[Suggestion]:
	"""What to order of all that runs low, or of those among `items`. `confined` is as for `low_items`.

	The daily use is that of the last `days`, today included, as far as the session's user may see it.
	"""
	found = low_items(items, confined=confined)
	codes = [low.item for low in found]
	lately = used(days=days) if codes else {}
	ordered, last = on_order(codes), last_purchases(codes)
	hidden = bought([code for code in codes if code not in last])
	return [
		Suggestion(
			low,
			lately.get(low.item, NOT_USED),
			ordered.get(low.item, OnOrder()),
			last.get(low.item),
			low.item in last or low.item in hidden,
		)
		for low in found
	]


def on_order(items: Collection[str]) -> dict[str, OnOrder]:
	"""What of items stands on drafts of purchases, whoever made them."""
	if not items:
		return {}
	rows = frappe.db.sql(
		"""select line.item, bill.name, cast(sum(line.quantity) as char)
		from `tabBottle Purchase` bill use index (drafts) straight_join `tabBottle Purchase Item` line
			on line.parent = bill.name and line.parenttype = 'Bottle Purchase'
		where bill.docstatus = 0 and bill.is_return = 0 and line.item in %s
		group by line.item, bill.name order by min(bill.creation)""",
		(tuple(items),),
	)
	found: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
	for item, name, quantity in rows:
		found[item].append((name, exact(quantity)))
	return {
		item: OnOrder(sum((quantity for _name, quantity in parts), ZERO), tuple(name for name, _q in parts))
		for item, parts in found.items()
	}
