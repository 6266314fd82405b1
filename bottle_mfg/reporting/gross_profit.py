"""What was earned with goods before expenses: by item, month, customer or bill.

Three sources say the same, and what is asked decides which of them is read: Bottle Daily Total knows items and days
but no customers, the bills' index knows customers but no items, and only lines know both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import allowed, within
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.daily_totals import GOODS, totals
from bottle_mfg.reporting.pages import Page
from bottle_mfg.reporting.periods import MONTHLY
from bottle_mfg.reporting.sales import CUSTOMER, EARNED, MONTH, Sold, sales
from bottle_mfg.reporting.sales import bills as bills_of
from bottle_mfg.reporting.stock_ledger import warehouses_of

ITEM, BILL = "item", "bill"

_GROUPS = {
	ITEM: "line.item",
	CUSTOMER: "sale.customer",
	MONTH: "last_day(sale.`date`)",
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


def earned(seen: Seen, wanted: Wanted, group: str) -> dict[Any, Earned]:
	"""What was earned by the values of `group`: an item, a customer or the first day of a month.

	Raises `KeyError` for an unknown group.
	"""
	if group != CUSTOMER and not wanted.customer and _days_have_them(seen):
		return _of_days(wanted, group)
	if group != ITEM and not wanted.item and not allowed("Bottle Item", seen.kind.doctype):
		where = {"customer": wanted.customer, "warehouse": wanted.warehouse}
		sold = sales(seen, wanted.first, wanted.last, group, where, EARNED)
		return {_key(group, key): Earned(one.quantity, one.revenue, one.cost) for key, one in sold.items()}
	return _of_lines(seen, wanted, group)


def _days_have_them(seen: Seen) -> bool:
	"""Whether the daily totals that the user may see are of the sales that he may see, all and no others."""
	if seen.own or allowed("Bottle Customer", seen.kind.doctype):
		return False
	source, places = GOODS
	return all(allowed(doctype, seen.kind.doctype) == allowed(doctype, source) for doctype in places.values())


@dataclass(frozen=True)
class EarnedBill:
	"""A sale or return, and what was earned with it, or with its lines of the wanted item."""

	name: str
	day: date
	customer: str
	earned: Earned


@dataclass(frozen=True)
class EarnedBills:
	"""A page of bills, newest first, what all of them earned, and which page it is."""

	bills: list[EarnedBill]
	whole: Earned
	note: str | None


def bills(seen: Seen, wanted: Wanted, page: Page) -> EarnedBills:
	"""The bills of a page, each with what was earned with it."""
	if wanted.item or allowed("Bottle Item", seen.kind.doctype):
		return _bills_of_lines(seen, wanted, page)
	where = {"customer": wanted.customer, "warehouse": wanted.warehouse}
	whole = sales(seen, wanted.first, wanted.last, None, where, EARNED).get(None, Sold())
	count = whole.bills + whole.returns
	cut = page.of(count)
	found = [
		EarnedBill(one.name, one.day, one.customer, Earned(one.quantity, one.amount, one.cost))
		for one in bills_of(seen, wanted.first, wanted.last, where, cut)
	]
	return EarnedBills(found, Earned(whole.quantity, whole.revenue, whole.cost), cut.note(count))


def _bills_of_lines(seen: Seen, wanted: Wanted, page: Page) -> EarnedBills:
	source, values = _source(seen, wanted)
	((count, *sums),) = frappe.db.sql(f"select count(distinct sale.name), {_SUMS} from {source}", values)
	cut = page.of(count)
	rows = frappe.db.sql(
		f"""select sale.name, sale.`date`, sale.customer, {_SUMS} from {source}
		group by sale.`date`, sale.name order by sale.`date` desc, sale.name desc limit %s offset %s""",
		[*values, *cut.limit],
	)
	found = [EarnedBill(*row[:3], Earned(*map(exact, row[3:]))) for row in rows]
	return EarnedBills(found, Earned(*map(exact, sums)), cut.note(count))


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


def _of_lines(seen: Seen, wanted: Wanted, group: str) -> dict[Any, Earned]:
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
	sale = f"(select name, `date`, customer, is_return from `tabBottle Sale` where {of_bills}) sale"
	if wanted.item and not wanted.customer:
		# The ledger knows an item's movements by the day; its lines would be those of all years.
		entries, of_entries = _entries(wanted, wanted.item)
		source = f"""{entries} straight_join `tabBottle Sale Item` line on line.name = entry.voucher_row
			straight_join {sale} on sale.name = line.parent where {" and ".join(parts)}"""
		return source, [*of_entries, *values, *of_lines]
	source = f"""{sale} join `tabBottle Sale Item` line on line.parent = sale.name and line.parenttype = 'Bottle Sale'
		{"where " + " and ".join(parts) if parts else ""}"""
	return source, [*values, *of_lines]


def _entries(wanted: Wanted, item: str) -> tuple[str, list[Any]]:
	"""The ledger entries of an item's sales in the wanted days, as SQL and its values."""
	source = """(select voucher_row from `tabBottle Ledger Entry` use index (ledger_order)
		where item = %s and warehouse in %s and posting_datetime >= %s and posting_datetime < %s
			and voucher_type = 'Bottle Sale' and is_cancelled = 0) entry"""
	places = (wanted.warehouse,) if wanted.warehouse else warehouses_of(item)
	return source, [item, places, wanted.first, wanted.last + timedelta(days=1)]


def _key(group: str, value: Any) -> Any:
	return value.replace(day=1) if group == MONTH else value
