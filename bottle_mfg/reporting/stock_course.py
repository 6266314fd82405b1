"""How a stock went over some days: what there was before, and at the end of each day, week or month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bottle_mfg.ledger import ZERO, Balance
from bottle_mfg.reporting.balances import at_end_of
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.periods import DAILY, MONTHLY, WEEKLY, Period, find, split

_MOST_DAYS_DAILY, _MOST_DAYS_WEEKLY = 31, 366


@dataclass(frozen=True)
class Course:
	"""Quantities are the sum over items: they mean something where that is one item."""

	opening: Balance
	ends: list[tuple[Period, Balance]]

	@property
	def closing(self) -> Balance:
		return self.ends[-1][1]


def course(first: date, last: date, *, item: str | None = None, warehouse: str | None = None) -> Course:
	"""The stock of an item, or of all, in a warehouse or in all of them, from `first` to `last`."""
	span = (last - first).days
	every = DAILY if span < _MOST_DAYS_DAILY else WEEKLY if span < _MOST_DAYS_WEEKLY else MONTHLY
	held = at_end_of(first - timedelta(days=1), item=item, warehouse=warehouse).values()
	quantity, value = sum((one.quantity for one in held), ZERO), sum((one.value for one in held), ZERO)
	opening = Balance(quantity, value)
	changes = totals(
		("quantity", "value"),
		("date",),
		first=first,
		last=last,
		where={"item": item, "warehouse": warehouse},
		every=every,
	)
	periods = split(first, last, every)
	by_period = {find(periods, day): sums for (day,), sums in changes.items()}
	ends = []
	for period in periods:
		quantity += by_period[period]["quantity"] if period in by_period else ZERO
		value += by_period[period]["value"] if period in by_period else ZERO
		ends.append((period, Balance(quantity, value)))
	return Course(opening, ends)
