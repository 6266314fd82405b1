"""What was spent on other things than goods, by category and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import frappe

from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.periods import Period, find

Amounts = Mapping[str, list[Decimal]]
"""Categories by name, with an amount for each period."""


@dataclass(frozen=True)
class Expenses:
	"""`covered` are those that the blow cost covers: bottles carry them already. `own` are all others.

	`whole` says whether that is what the factory spent, or only what its reader may see of it.
	"""

	own: Amounts
	covered: Amounts
	whole: bool


def expenses(periods: list[Period]) -> Expenses | None:
	"""The submitted expenses of periods that follow one another; None for who may not read expenses.

	Users see no more categories than User Permissions let them.
	"""
	if not frappe.has_permission("Bottle Expense", "read"):
		return None
	confined, values = within("Bottle Expense", {"category": "Bottle Expense Category"})
	stretch = (periods[0].first, periods[-1].last)
	# By day: a factory has few expenses in one, and periods are cut where the report says.
	rows = frappe.db.sql(
		f"""select covered_by_blow_cost, category, `date`, cast(sum(amount) as char) from `tabBottle Expense`
		where {" and ".join(["docstatus = 1", "`date` between %s and %s", *confined])}
		group by covered_by_blow_cost, category, `date` order by category""",
		[*stretch, *values],
	)
	found: tuple[dict[str, list[Decimal]], dict[str, list[Decimal]]] = ({}, {})
	for covered, category, day, amount in rows:
		amounts = found[covered].setdefault(category, [ZERO] * len(periods))
		amounts[periods.index(find(periods, day))] += exact(amount)
	return Expenses(*found, whole=not confined)


def total(amounts: Amounts, periods: int) -> list[Decimal]:
	"""The sum of all categories for each of so many periods."""
	return [sum((row[place] for row in amounts.values()), ZERO) for place in range(periods)]
