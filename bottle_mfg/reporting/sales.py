"""What was sold, by customer, month or bill: sums of submitted sales, in which returns count below zero.

All of it comes from the index `sales` of Bottle Sale, but for what single bills say beside their sums.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.pages import Cut

CUSTOMER, MONTH = "customer", "month"

_GROUPS = {CUSTOMER: "customer", MONTH: "last_day(`date`)", None: "null"}
"""What sales can be summed by, and the SQL for it; a month is named by its last day."""

# Left to itself the database goes by the groups' own index, row by row through all years.
_INDEX = "use index (sales)"

_SUMS = {
	"quantity": "if(is_return, -total_quantity, total_quantity)",
	"billed": "if(is_return, 0, total_price)",
	"returned": "if(is_return, -total_price, 0)",
	"cost": "cost_of_goods",
	"paid": "paid_amount",
	"outstanding": "outstanding_amount",
}


@dataclass(frozen=True)
class Sold:
	"""Some bills and returns. Quantities in the items' units, the rest in currency.

	`returned` is above zero. `paid` is less what was refunded, `outstanding` less what is to be refunded.
	"""

	bills: int = 0
	returns: int = 0
	quantity: Decimal = ZERO
	billed: Decimal = ZERO
	returned: Decimal = ZERO
	cost: Decimal = ZERO
	paid: Decimal = ZERO
	outstanding: Decimal = ZERO

	def __add__(self, other: Sold) -> Sold:
		return Sold(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sold)))

	@property
	def revenue(self) -> Decimal:
		return self.billed - self.returned

	@property
	def average(self) -> Decimal | None:
		"""What a bill comes to, to 4 places; None without one."""
		return divide(self.billed, Decimal(1), Decimal(self.bills)) if self.bills else None


def sales(seen: Seen, first: date, last: date, group: str | None, where: dict[str, Any]) -> dict[Any, Sold]:
	"""What was sold from `first` to `last` by the values of `group`; all of it under None where that is None.

	`where` names columns of Bottle Sale and the values they have to have (None: any). Raises `KeyError` for an
	unknown group.
	"""
	by = _GROUPS[group]
	condition, values = seen.submitted(first, last, where)
	sums = ", ".join(f"cast(sum({sql}) as char)" for sql in _SUMS.values())
	rows = frappe.db.sql(
		f"""select {by}, sum(is_return = 0), sum(is_return), {sums} from `tabBottle Sale` {_INDEX}
		where {condition} group by {by}""",
		values,
	)
	return {
		key: Sold(int(bills), int(returns), *map(exact, figures)) for key, bills, returns, *figures in rows
	}


@dataclass(frozen=True)
class Bill:
	"""A sale or a return, whose amounts are below zero."""

	name: str
	day: date
	customer: str
	due: date | None
	payment_status: str
	is_return: bool
	quantity: Decimal
	amount: Decimal
	cost: Decimal
	paid: Decimal
	credited: Decimal
	outstanding: Decimal


def bills(seen: Seen, first: date, last: date, where: dict[str, Any], cut: Cut) -> list[Bill]:
	"""The bills of a page, newest first."""
	condition, values = seen.submitted(first, last, where)
	figures = ("total_price", "cost_of_goods", "paid_amount", "credited_amount", "outstanding_amount")
	sums = ", ".join(f"cast({sql} as char)" for sql in (_SUMS["quantity"], *figures))
	rows = frappe.db.sql(
		f"""select name, date, customer, due_date, payment_status, is_return, {sums}
		from `tabBottle Sale` {"" if where.get("customer") else _INDEX}
		where {condition} order by date desc, name desc limit %s offset %s""",
		[*values, *cut.limit],
	)
	return [Bill(*row[:5], bool(row[5]), *map(exact, row[6:])) for row in rows]
