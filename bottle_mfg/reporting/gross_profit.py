"""What was earned with goods before expenses: by item, month, customer or bill.

Three sources say the same, and what is asked decides which of them is read: Bottle Daily Total knows items and days
but no customers, the bills' index knows customers but no items, and only lines know both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import allowed, within
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.pages import Page
from bottle_mfg.reporting.periods import MONTHLY
from bottle_mfg.reporting.sales import CUSTOMER, MONTH, Sold, sales
from bottle_mfg.reporting.sales import bills as bills_of

ITEM, BILL = "item", "bill"

_GROUPS = {
	ITEM: "line.item",
	CUSTOMER: "sale.customer",
	MONTH: "last_day(sale.`date`)",
	None: "null",
}
"""What lines can be summed by, and the SQL for it."""


@dataclass(frozen=True)
class Earned:
	"""Quantities in the items' units, the rest in currency; what came back is taken off."""

	quantity: Decimal = ZERO
	revenue: Decimal = ZERO
	cost: Decimal = ZERO

	def __add__(self, other: Earned) -> Earned:
		return Earned(self.quantity + other.quantity, self.revenue + other.revenue, self.cost + other.cost)

	@property
	def profit(self) -> Decimal:
		return self.revenue - self.cost

	@property
	def margin(self) -> Decimal | None:
		"""Profit in percent of revenue, to 2 places; None without revenue."""
		return round(self.profit * 100 / self.revenue, 2) if self.revenue else None

	@property
	def price(self) -> Decimal | None:
		"""What one unit brought, to 4 places."""
		return divide(self.revenue, Decimal(1), self.quantity) if self.quantity else None

	@property
	def unit_cost(self) -> Decimal | None:
		"""What one unit cost, to 4 places."""
		return divide(self.cost, Decimal(1), self.quantity) if self.quantity else None


@dataclass(frozen=True)
class Wanted:
	"""Which sales: those from `first` to `last`, both included, and of what else is given."""

	first: date
	last: date
	item: str | None = None
	customer: str | None = None
	warehouse: str | None = None


def earned(seen: Seen, wanted: Wanted, group: str | None) -> dict[Any, Earned]:
	"""What was earned by the values of `group` (an item, a customer or the first day of a month), or under None all.

	Raises `KeyError` for an unknown group.
	"""
	whose = wanted.customer or allowed("Bottle Customer", seen.kind.doctype)
	if group != CUSTOMER and not whose:
		found = _of_days(wanted, group or ITEM)
		return found if group else {None: sum(found.values(), Earned())}
	if group != ITEM and not wanted.item and not allowed("Bottle Item", seen.kind.doctype):
		where = {"customer": wanted.customer, "warehouse": wanted.warehouse}
		sold = sales(seen, wanted.first, wanted.last, group, where)
		return {_key(group, key): Earned(one.quantity, one.revenue, one.cost) for key, one in sold.items()}
	return _of_lines(seen, wanted, group)


@dataclass(frozen=True)
class EarnedBill:
	"""A sale or return, and what was earned with it, or with its lines of the wanted item."""

	name: str
	day: date
	customer: str
	earned: Earned


def bills(seen: Seen, wanted: Wanted, page: Page) -> tuple[list[EarnedBill], str | None]:
	"""A page of bills, newest first, and a note on which page that is."""
	if not wanted.item and not allowed("Bottle Item", seen.kind.doctype):
		where = {"customer": wanted.customer, "warehouse": wanted.warehouse}
		whole = sales(seen, wanted.first, wanted.last, None, where).get(None, Sold())
		count = whole.bills + whole.returns
		cut = page.of(count)
		found = bills_of(seen, wanted.first, wanted.last, where, cut)
		earned = [(one, Earned(one.quantity, one.amount, one.cost)) for one in found]
		return [EarnedBill(one.name, one.day, one.customer, with_it) for one, with_it in earned], cut.note(
			count
		)
	source, values = _source(seen, wanted)
	count = frappe.db.sql(f"select count(distinct sale.name) from {source}", values)[0][0]
	cut = page.of(count)
	rows = frappe.db.sql(
		f"""select sale.name, sale.`date`, sale.customer, {_SUMS} from {source}
		group by sale.`date`, sale.name order by sale.`date` desc, sale.name desc limit %s offset %s""",
		[*values, *cut.limit],
	)
	return [EarnedBill(*row[:3], Earned(*map(exact, row[3:]))) for row in rows], cut.note(count)


_SUMS = ", ".join(
	f"cast(sum({sql}) as char)"
	for sql in ("if(sale.is_return, -line.quantity, line.quantity)", "line.amount", "line.cost")
)


def _of_days(wanted: Wanted, group: str) -> dict[Any, Earned]:
	by = {ITEM: "item", MONTH: "date"}[group]
	found = totals(
		("sold_quantity", "revenue", "cost_of_goods"),
		(by,),
		first=wanted.first,
		last=wanted.last,
		where={"item": wanted.item, "warehouse": wanted.warehouse},
		every=MONTHLY,
	)
	return {_key(group, key): Earned(*sums.values()) for (key,), sums in found.items()}


def _of_lines(seen: Seen, wanted: Wanted, group: str | None) -> dict[Any, Earned]:
	by = _GROUPS[group]
	source, values = _source(seen, wanted)
	rows = frappe.db.sql(f"select {by}, {_SUMS} from {source} group by {by}", values)
	return {_key(group, key): Earned(*map(exact, figures)) for key, *figures in rows}


def _source(seen: Seen, wanted: Wanted) -> tuple[str, list[Any]]:
	"""The wanted bills with their lines, as SQL and its values."""
	where = {"customer": wanted.customer, "warehouse": wanted.warehouse}
	of_bills, values = seen.submitted(wanted.first, wanted.last, where)
	parts, of_lines = within(seen.kind.doctype, {"line.item": "Bottle Item"})
	if wanted.item:
		parts, of_lines = [*parts, "line.item = %s"], [*of_lines, wanted.item]
	source = f"""(select name, `date`, customer, is_return from `tabBottle Sale` where {of_bills}) sale
		join `tabBottle Sale Item` line on line.parent = sale.name and line.parenttype = 'Bottle Sale'
		{"where " + " and ".join(parts) if parts else ""}"""
	return source, [*values, *of_lines]


def _key(group: str | None, value: Any) -> Any:
	return value.replace(day=1) if group == MONTH else value
