"""Reading sums of Bottle Daily Total, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.posting.sql import columns, exact
from bottle_mfg.reporting.access import within

Sums = dict[str, Decimal]


def totals(
	sums: Sequence[str],
	by: Sequence[str],
	*,
	first: date | None = None,
	last: date | None = None,
	where: Mapping[str, Any] | None = None,
) -> dict[tuple[Any, ...], Sums]:
	"""The sums of columns over the days from `first` to `last`, grouped by other columns.

	`sums` and `by` name columns and never come from a client; `where` holds the exact value a column has to have
	(None: any). Keys are the values of `by`, in their order. Groups whose sums are all zero are left out: they
	are of cancelled documents. Users see no more items and warehouses than User Permissions let them.
	"""
	conditions, values = within(
		"Bottle Daily Total", {"item": "Bottle Item", "warehouse": "Bottle Warehouse"}
	)
	for condition, value in (("date >= %s", first), ("date <= %s", last)):
		if value is not None:
			conditions.append(condition)
			values.append(value)
	for column, value in (where or {}).items():
		if value is not None:
			conditions.append(f"`{column}` = %s")
			values.append(value)
	summed = ", ".join(f"cast(sum(`{column}`) as char)" for column in sums)
	grouped = columns(by)
	rows = frappe.db.sql(
		f"""select {grouped}, {summed} from `tabBottle Daily Total`
		where {" and ".join(conditions) or "true"} group by {grouped} order by {grouped}""",
		values,
	)
	found = {row[: len(by)]: dict(zip(sums, map(exact, row[len(by) :]), strict=True)) for row in rows}
	return {key: figures for key, figures in found.items() if any(figures.values())}
