"""What a bottle cost to make, part by part, by bottle and period: of submitted blows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.daily_totals import PERIODS
from bottle_mfg.reporting.periods import Period, find
from bottle_mfg.reporting.production import REJECT_COST, Wanted, conditions

PARTS = ("preforms", "rejects", "materials", "blowing", "by_products")
"""What the cost of the good bottles is made of. They add up to it; what by-products are worth is below zero."""

_SUMS = {
	"quantity": "quantity",
	"good_quantity": "good_quantity",
	"preform_cost": "preform_cost",
	"material_cost": "material_cost",
	"conversion_cost": "conversion_cost",
	# The column of that name is not in the index.
	"scrap_credit": "material_cost + conversion_cost - total_cost",
	"total_cost": "total_cost",
	"rejects": REJECT_COST.format("blow.reject_quantity"),
	"rejected_preforms": "round(preform_cost * reject_quantity / quantity, 4)",
}


@dataclass(frozen=True)
class Built:
	"""What some blows took. Quantities in pieces, the rest in currency.

	`material_cost` is of preforms and what was used up with them. `rejects` is what was spent on the preforms that
	became no good bottle, on the preforms themselves (`rejected_preforms`) and on blowing them.
	"""

	runs: int = 0
	quantity: Decimal = ZERO
	good_quantity: Decimal = ZERO
	preform_cost: Decimal = ZERO
	material_cost: Decimal = ZERO
	conversion_cost: Decimal = ZERO
	scrap_credit: Decimal = ZERO
	total_cost: Decimal = ZERO
	rejects: Decimal = ZERO
	rejected_preforms: Decimal = ZERO

	def __add__(self, other: Built) -> Built:
		return Built(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Built)))

	@property
	def reject_rate(self) -> Decimal:
		"""Rejects in percent of what went in, to 2 places."""
		lost = self.quantity - self.good_quantity
		return round(lost * 100 / self.quantity, 2) if self.quantity else ZERO

	@property
	def parts(self) -> dict[str, Decimal]:
		"""The amounts of `PARTS`: together the total cost."""
		return {
			"preforms": self.preform_cost - self.rejected_preforms,
			"rejects": self.rejects,
			"materials": self.material_cost - self.preform_cost,
			"blowing": self.conversion_cost - (self.rejects - self.rejected_preforms),
			"by_products": -self.scrap_credit,
		}

	@property
	def unit_cost(self) -> Decimal | None:
		"""Currency for one good bottle, to 4 places."""
		return divide(self.total_cost, Decimal(1), self.good_quantity) if self.good_quantity else None

	@property
	def of_one(self) -> dict[str, Decimal] | None:
		"""The parts of one good bottle's cost, to 4 places: together its cost. The preform's takes what rounding leaves."""
		if self.unit_cost is None:
			return None
		parts = {name: divide(amount, Decimal(1), self.good_quantity) for name, amount in self.parts.items()}
		rest = self.unit_cost - sum(parts.values(), ZERO)
		return parts | {"preforms": parts["preforms"] + rest}


def built(periods: list[Period], every: str, where: dict[str, Any]) -> dict[str, dict[Period, Built]]:
	"""What blows of the periods took, by bottle; periods without one are left out.

	The periods are as `every` has split them. `where` names columns of Blow and the values they have to have (None:
	any).
	"""
	condition, values = conditions(Wanted(periods[0].first, periods[-1].last, where))
	sums = ", ".join(f"cast(sum({sql}) as char)" for sql in _SUMS.values())
	together = PERIODS.get(every, "null")
	rows = frappe.db.sql(
		f"""select to_item, min(`date`), count(*), {sums} from `tabBlow` blow use index (production)
		where {condition} group by to_item, {together} order by to_item, min(`date`)""",
		values,
	)
	found: dict[str, dict[Period, Built]] = defaultdict(dict)
	for bottle, day, runs, *figures in rows:
		of_bottle, period = found[bottle], find(periods, day)
		of_bottle[period] = of_bottle.get(period, Built()) + Built(int(runs), *map(exact, figures))
	return dict(found)
