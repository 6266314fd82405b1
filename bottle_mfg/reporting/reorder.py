"""What to order of the items that run low: how long they last, what is ordered already, how much, and from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.last_purchases import LastPurchase, last_purchases
from bottle_mfg.reporting.low_stock import LowItem, low_items

USUAL_DAYS, MOST_DAYS = 30, 366
"""Over how many days the daily use is averaged."""

_USED = ("consumed_quantity", "sold_quantity")
_WHOLE, _PLACES = Decimal(1), Decimal("0.001")


@dataclass(frozen=True)
class OnOrder:
	"""What of an item stands on drafts of purchases, in its unit, and their names, the oldest first."""

	quantity: Decimal = ZERO
	drafts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
	"""What to order of an item that runs low. `used` is what was blown and sold of it in `days`."""

	low: LowItem
	used: Decimal
	days: int
	on_order: OnOrder = field(default_factory=OnOrder)
	last: LastPurchase | None = None

	@property
	def daily_use(self) -> Decimal:
		"""In the item's unit, to 3 places; what came back from customers is taken off."""
		return round(self.used / self.days, 3)

	@property
	def days_of_cover(self) -> Decimal | None:
		"""How many days the stock lasts if as much is used as of late; None where nothing is."""
		return round(self.low.quantity * self.days / self.used, 1) if self.used > 0 else None

	@property
	def blown_here(self) -> bool:
		"""Whether the factory makes it itself: a bottle that was never bought."""
		return self.low.item_type == "Bottle" and self.last is None

	@property
	def quantity(self) -> Decimal:
		"""How much to order, in the item's unit: its usual quantity, or what fills it up to the reorder level and lasts
		until it is there; at least the reorder level. 0 where a draft has it already."""
		low = self.low
		if self.on_order.drafts:
			return ZERO
		if low.reorder_qty:
			return low.reorder_qty
		in_lead_time = max(self.used, ZERO) * low.lead_time_days / self.days
		wanted = low.reorder_level - low.quantity + in_lead_time
		return (wanted if wanted > 0 else low.reorder_level).quantize(
			_WHOLE if low.uom == "pcs" else _PLACES, ROUND_CEILING
		)


def suggestions(
	days: int = USUAL_DAYS, *, items: Collection[str] | None = None, confined: bool = False
) -> list[Suggestion]:
	"""What to order of all that runs low, or of those among `items`. `confined` is as for `low_items`.

	The daily use is that of the last `days`, today included, as far as the session's user may see it.
	"""
	found = low_items(items, confined=confined)
	codes = [low.item for low in found]
	today = getdate(nowdate())
	used = totals(_USED, ("item",), first=today - timedelta(days=days - 1), last=today) if codes else {}
	ordered, bought = on_order(codes), last_purchases(codes)
	return [
		Suggestion(
			low,
			sum(used.get((low.item,), {}).values(), ZERO),
			days,
			ordered.get(low.item, OnOrder()),
			bought.get(low.item),
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
