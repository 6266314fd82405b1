"""What was blown: quantities, losses and costs of submitted Blow documents, grouped one way or another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within

GROUPS = {
	"Day": "blow.date",
	"Bottle": "blow.to_item",
	"Preform": "blow.from_item",
	"Machine": "trim(ifnull(blow.machine, '')) collate utf8mb4_bin",
	"Shift": "ifnull(blow.shift, '')",
	"Operator": "trim(ifnull(blow.operator, '')) collate utf8mb4_bin",
}
"""What to group by, and the SQL for it. What people typed is told apart to the letter: two queries have to agree.

Spaces behind a name are none of its letters to the database, which would name a group with them or without.
"""

# Left to itself the database goes by the groups' own index, row by row through all years.
_INDEX = "use index (production)"

_SUMS = ("quantity", "good_quantity", "reject_quantity", "material_cost", "conversion_cost", "total_cost")
REJECT_COST = "round((blow.preform_cost + blow.conversion_cost) * {0} / blow.quantity, 4)"
"""What some of a run's preforms and blowing them cost: rounded run by run, so that every grouping adds up."""

STAGES = ("Preform", "Bottle")


@dataclass(frozen=True)
class Wanted:
	"""Which runs: of the days from `first` to `last`. `where` names columns of Blow and their values (None: any)."""

	first: date
	last: date
	where: dict[str, Any] = field(default_factory=dict)


@dataclass
class Made:
	"""What some runs made. Quantities in pieces, costs in currency. `reasons` are the rejects that have one.

	`reject_cost` is what went lost with the rejects, preforms and blowing: the good bottles carry it.
	"""

	runs: int = 0
	quantity: Decimal = ZERO
	good_quantity: Decimal = ZERO
	reject_quantity: Decimal = ZERO
	material_cost: Decimal = ZERO
	conversion_cost: Decimal = ZERO
	total_cost: Decimal = ZERO
	reject_cost: Decimal = ZERO
	reasons: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

	def add(self, other: Made) -> None:
		self.runs += other.runs
		for name in (*_SUMS, "reject_cost"):
			setattr(self, name, getattr(self, name) + getattr(other, name))
		for reason, quantity in other.reasons.items():
			self.reasons[reason] += quantity

	@property
	def reject_rate(self) -> Decimal:
		"""Rejects in percent of what went in, to 2 places."""
		return round(self.reject_quantity * 100 / self.quantity, 2) if self.quantity else ZERO

	@property
	def scrap_credit(self) -> Decimal:
		"""What by-products took off the cost of the bottles."""
		return self.material_cost + self.conversion_cost - self.total_cost

	@property
	def unit_cost(self) -> Decimal:
		"""Currency for one good bottle, to 4 places."""
		return divide(self.total_cost, Decimal(1), self.good_quantity) if self.good_quantity else ZERO

	@property
	def without_reason(self) -> Decimal:
		return self.reject_quantity - sum(self.reasons.values(), ZERO)


def made(wanted: Wanted, group: str, *, reasons: bool = True) -> dict[Any, Made]:
	"""What was made, by the values of `group`, in their order; without `reasons`, cheaper.

	Raises `KeyError` for an unknown group.
	"""
	by = GROUPS[group]
	condition, values = conditions(wanted)
	summed = [*(f"blow.{name}" for name in _SUMS), REJECT_COST.format("blow.reject_quantity")]
	sums = ", ".join(f"cast(sum({one}) as char)" for one in summed)
	rows = frappe.db.sql(
		f"""select {by}, count(*), {sums} from `tabBlow` blow {_INDEX}
		where {condition} group by {by} order by {by}""",
		values,
	)
	found = {key: Made(runs, *map(exact, figures)) for key, runs, *figures in rows}
	if not reasons:
		return found
	for key, reason, quantity in frappe.db.sql(
		f"""select {by}, reject.reason, cast(sum(reject.quantity) as char)
		from `tabBlow` blow {_INDEX} straight_join `tabBlow Reject` reject use index (losses)
			on reject.parent = blow.name and reject.parenttype = 'Blow'
		where {condition} group by {by}, reject.reason""",
		values,
	):
		found[key].reasons[reason] += exact(quantity)
	return found


@dataclass(frozen=True)
class Loss:
	"""What was rejected at a stage for a reason, in pieces; `cost` is what that had cost by then, in currency."""

	stage: str
	reason: str
	quantity: Decimal
	cost: Decimal


def losses(wanted: Wanted) -> list[Loss]:
	"""The rejects that have a reason, by stage and reason."""
	condition, values = conditions(wanted)
	rows = frappe.db.sql(
		f"""select reject.stage, reject.reason, cast(sum(reject.quantity) as char),
			cast(sum({REJECT_COST.format("reject.quantity")}) as char)
		from `tabBlow` blow {_INDEX} straight_join `tabBlow Reject` reject use index (losses)
			on reject.parent = blow.name and reject.parenttype = 'Blow'
		where {condition} group by reject.stage, reject.reason order by reject.reason, reject.stage""",
		values,
	)
	return [Loss(stage, reason, exact(quantity), exact(cost)) for stage, reason, quantity, cost in rows]


def conditions(wanted: Wanted) -> tuple[str, list[Any]]:
	"""SQL, and its values, for the submitted runs (`blow`) that are wanted and that the user may see."""
	conditions, values = within("Blow", {"blow.warehouse": "Bottle Warehouse", "blow.to_item": "Bottle Item"})
	conditions += ["blow.docstatus = 1", "blow.date >= %s", "blow.date <= %s"]
	values += [wanted.first, wanted.last]
	for column, value in wanted.where.items():
		if value is not None:
			conditions.append(f"blow.`{column}` = %s")
			values.append(value)
	return " and ".join(conditions), values
