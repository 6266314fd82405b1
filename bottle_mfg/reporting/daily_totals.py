"""Reading sums of Bottle Daily Total, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.periods import DAILY, MONTHLY, QUARTERLY, WEEKLY, YEARLY

Sums = dict[str, Decimal]

GOODS = ("Bottle Daily Total", {"item": "Bottle Item", "warehouse": "Bottle Warehouse"})
"""What User Permissions confine the totals by, as `within` asks for it."""

_MONTH = "last_day(`date`)"
PERIODS = {DAILY: "`date`", WEEKLY: "`date` - interval weekday(`date`) day"}
"""What is the same for the days of a period. Quarters and years are some months each: what these are is left to others."""
PERIODS |= dict.fromkeys((MONTHLY, QUARTERLY, YEARLY), _MONTH)


def totals(
	sums: Sequence[str],
	by: Sequence[str],
	*,
	first: date | None = None,
	last: date | None = None,
	where: Mapping[str, Any] | None = None,
	every: str = DAILY,
) -> dict[tuple[Any, ...], Sums]:
	"""The sums of columns over the days from `first` to `last`, grouped by other columns.

	`sums` and `by` name columns and never come from a client; `where` holds the exact value a column has to have
	(None: any). Keys are the values of `by`, in their order; where `date` is among them, the days of a period
	(`every`) are one group, named by one of them. Groups whose sums are all zero are left out: they are of
	cancelled documents. Users see no more items and warehouses than User Permissions let them.
	"""
	conditions, values = within(*GOODS)
	# The rows lie in the order of their names, which begin with the day: a stretch of days is read in one go. By
	# the index of days each row would have to be looked for on its own.
	for condition, day in (("name >= %s", first), ("name < %s", last and last + timedelta(days=1))):
		if day is not None:
			conditions.append(condition)
			values.append(str(day))
	for column, value in (where or {}).items():
		if value is not None:
			conditions.append(f"`{column}` = %s")
			values.append(value)
	summed = ", ".join(f"cast(sum(`{column}`) as char)" for column in sums)
	named = ", ".join("min(`date`)" if column == "date" else f"`{column}`" for column in by)
	grouped = ", ".join(PERIODS[every] if column == "date" else f"`{column}`" for column in by)
	rows = frappe.db.sql(
		f"""select {named}, {summed} from `tabBottle Daily Total`
		where {" and ".join(conditions) or "true"} group by {grouped} order by {grouped}""",
		values,
	)
	found = {row[: len(by)]: dict(zip(sums, map(exact, row[len(by) :]), strict=True)) for row in rows}
	return {key: figures for key, figures in found.items() if any(figures.values())}
