"""The stretches of time that a report has a column or a point for."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from frappe import _
from frappe.utils import formatdate

DAILY, WEEKLY, MONTHLY, TOTAL = "Daily", "Weekly", "Monthly", "Total"
PERIODICITIES = (TOTAL, MONTHLY, WEEKLY, DAILY)


@dataclass(frozen=True)
class Period:
	"""From the `first` to the `last` day, both included."""

	first: date
	last: date
	label: str

	@property
	def key(self) -> str:
		"""A fieldname for its column."""
		return f"from_{self.first:%Y_%m_%d}"


def split(first: date, last: date, periodicity: str) -> list[Period]:
	"""The days from `first` to `last` as whole calendar periods, cut off at both ends. `first` ≤ `last`.

	Raises `KeyError` for an unknown periodicity.
	"""
	end_of = _ENDS[periodicity]
	same_year = first.year == last.year
	periods = []
	start = first
	while start <= last:
		end = min(end_of(start, last), last)
		periods.append(Period(start, end, _label(start, end, periodicity, same_year)))
		start = end + timedelta(days=1)
	return periods


def find(periods: list[Period], day: date) -> Period:
	"""The period of a day that lies in one of them. `periods` follow one another, as `split` makes them."""
	return periods[bisect_right(periods, day, key=lambda period: period.first) - 1]


def by_period(
	days: Iterable[date], first: date, last: date, periodicity: str
) -> list[tuple[Period, list[date]]]:
	"""(period, the days that lie in it), in order; periods without a day are left out."""
	periods = split(first, last, periodicity)
	found: dict[Period, list[date]] = {}
	for day in sorted(days):
		found.setdefault(find(periods, day), []).append(day)
	return list(found.items())


def ticks(periods: list[Period]) -> list[str]:
	"""Labels short enough to stand below the points of a chart."""
	if any(period.first != period.last for period in periods):
		return [period.label for period in periods]
	one_month = len({(period.first.year, period.first.month) for period in periods}) == 1
	return [formatdate(period.first, "d" if one_month else "d/M") for period in periods]


def _month_end(day: date, _last: date) -> date:
	return day.replace(day=monthrange(day.year, day.month)[1])


_ENDS: dict[str, Callable[[date, date], date]] = {
	DAILY: lambda day, last: day,
	WEEKLY: lambda day, last: day + timedelta(days=6 - day.weekday()),
	MONTHLY: _month_end,
	TOTAL: lambda day, last: last,
}


def _label(first: date, last: date, periodicity: str, same_year: bool) -> str:
	if periodicity == TOTAL:
		return _("Total")
	if periodicity == MONTHLY:
		return formatdate(first, "MMM yyyy")
	form = "d MMM" if same_year else "d MMM yyyy"
	days = [formatdate(day, form) for day in dict.fromkeys((first, last))]
	return " – ".join(days)
