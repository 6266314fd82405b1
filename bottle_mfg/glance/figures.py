"""The sums behind the cards and charts: read from what is kept for them, never from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import add_days, add_months, getdate, nowdate

from bottle_mfg.ledger import ZERO
from bottle_mfg.payments.bills import OVERDUE, PARTIAL, PENDING
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.periods import MONTHLY
from bottle_mfg.reporting.production import Made, Wanted, made
from bottle_mfg.reporting.sales import CUSTOMER, MONTH, sales

_STOCK = {"item": "Bottle Item", "warehouse": "Bottle Warehouse"}


def today() -> date:
	"""The day that it is where the factory is."""
	return getdate(nowdate())


def month() -> tuple[date, date]:
	"""The first day of this month, and today."""
	last = today()
	return last.replace(day=1), last


def months(count: int) -> tuple[date, date]:
	"""The first day of the month that lies so many, this one included, back, and today."""
	first, last = month()
	return getdate(add_months(first, 1 - count)), last


def days(count: int) -> tuple[date, date]:
	"""The last so many days, today included."""
	last = today()
	return getdate(add_days(last, 1 - count)), last


def sold(seen: Seen, first: date, last: date) -> Decimal:
	"""What the sales that the user may see come to, less what came back."""
	return sum((one.revenue for one in sales(seen, first, last, None, {}).values()), ZERO)


def sold_by_month(seen: Seen, first: date, last: date) -> dict[date, Decimal]:
	"""The same by month, each named by its last day; months without sales are left out."""
	return {day: one.revenue for day, one in sales(seen, first, last, MONTH, {}).items()}


def sold_by_customer(seen: Seen, first: date, last: date) -> dict[str, Decimal]:
	"""The same by customer, the largest first; without those who brought back more than they bought."""
	found = {name: one.revenue for name, one in sales(seen, first, last, CUSTOMER, {}).items()}
	return {
		name: found[name] for name in sorted(found, key=lambda name: (-found[name], name)) if found[name] > 0
	}


def profit_by_month(first: date, last: date) -> dict[date, tuple[Decimal, Decimal]]:
	"""(sales, gross profit) by month, each named by one of its days; months without any are left out."""
	found = totals(("revenue", "cost_of_goods"), ("date",), first=first, last=last, every=MONTHLY)
	return {day: (sums["revenue"], sums["revenue"] - sums["cost_of_goods"]) for (day,), sums in found.items()}


def overdue(seen: Seen, on: date) -> Decimal:
	"""What customers have not paid although it was due before a day: today, as what they have paid is that of now."""
	condition, values = seen.bills()
	((amount,),) = frappe.db.sql(
		f"""select cast(sum(outstanding_amount) as char) from `tabBottle Sale` force index (payment_due)
		where payment_status in %s and (due_date < %s or due_date is null and date < %s)
			and docstatus = 1 and is_return = 0{condition}""",
		[(PENDING, PARTIAL, OVERDUE), on, on, *values],
	)
	return exact(amount) if amount else ZERO


def stock_values() -> dict[str, Decimal]:
	"""What is held of each item is worth, in all warehouses together; items that are worth nothing are left out."""
	conditions, values = within("Bottle Daily Total", _STOCK)
	rows = frappe.db.sql(
		f"""select item, cast(sum(value) as char) from `tabBottle Stock`
		where {" and ".join(conditions) or "true"} group by item""",
		values,
	)
	found = {item: exact(value) for item, value in rows}
	return {item: value for item, value in found.items() if value}


def blown(first: date, last: date) -> Mapping[date, Made]:
	"""What was blown, by day; days without a blow are left out."""
	return made(Wanted(first, last), "Day", reasons=False)


def together(parts: Mapping[date, Made]) -> Made:
	"""What was blown on several days."""
	whole = Made()
	for one in parts.values():
		whole.add(one)
	return whole
