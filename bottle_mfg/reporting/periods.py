"""The stretches of time that a report has a column or a point for."""

from __future__ import annotations

from bisect import bisect_right
from calendar import month_name, monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import formatdate

DAILY, WEEKLY, MONTHLY, TOTAL = "Daily", "Weekly", "Monthly", "Total"
QUARTERLY, YEARLY = "Quarterly", "Yearly"
PERIODICITIES = (TOTAL, MONTHLY, QUARTERLY, YEARLY, WEEKLY, DAILY)

BEFORE, LAST_YEAR = "Period before", "Last year"
"""What a stretch of time can be compared with."""


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
	"""The days from `first` to `last` as whole periods, cut off at both ends. `first` ≤ `last`.

	Years, and so their quarters, begin with the month that the settings say. Raises `KeyError` for an unknown
	periodicity.
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


def compared(first: date, last: date, with_what: str) -> Period:
	"""What the days from `first` to `last` are compared with: the same stretch a year ago, or the one before it.

	A stretch that begins with a month is compared with the months before it, up to the same day.
	"""
	if with_what == LAST_YEAR:
		back = 12
	elif first.day == 1:
		back = (last.year - first.year) * 12 + last.month - first.month + 1
	else:
		days = timedelta(days=(last - first).days + 1)
		return _named(first - days, last - days)
	return _named(_months_before(first, back), _months_before(last, back))


def _named(first: date, last: date) -> Period:
	return Period(
		first, last, " – ".join(formatdate(day, "d MMM yyyy") for day in dict.fromkeys((first, last)))
	)


def _months_before(day: date, months: int) -> date:
	"""The same day of an earlier month, or that month's last day: of a month's last day always the last day."""
	year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
	length = monthrange(year, month + 1)[1]
	ends = day.day == monthrange(day.year, day.month)[1]
	return date(year, month + 1, length if ends else min(day.day, length))


def _month_end(day: date, _last: date | None = None) -> date:
	return day.replace(day=monthrange(day.year, day.month)[1])


def _years_part_end(months: int) -> Callable[[date, date], date]:
	"""What gives the end of the year's part of so many months that a day lies in."""

	def end(day: date, _last: date) -> date:
		rest = months - 1 - (day.month - _year_begins_with()) % months
		year, month = divmod(day.year * 12 + day.month - 1 + rest, 12)
		return _month_end(date(year, month + 1, 1))

	return end


def _year_begins_with() -> int:
	"""The number of the month."""
	name = frappe.get_cached_doc("Bottle Mfg Settings").financial_year_starts
	return max([*month_name].index(name), 1) if name else 1


_ENDS: dict[str, Callable[[date, date], date]] = {
	DAILY: lambda day, last: day,
	WEEKLY: lambda day, last: day + timedelta(days=6 - day.weekday()),
	MONTHLY: _month_end,
	QUARTERLY: _years_part_end(3),
	YEARLY: _years_part_end(12),
	TOTAL: lambda day, last: last,
}


def _label(first: date, last: date, periodicity: str, same_year: bool) -> str:
	if periodicity == TOTAL:
		return _("Total")
	if periodicity == MONTHLY:
		return formatdate(first, "MMM yyyy")
	if periodicity in (QUARTERLY, YEARLY):
		return _label_of_months(first, last)
	form = "d MMM" if same_year else "d MMM yyyy"
	days = [formatdate(day, form) for day in dict.fromkeys((first, last))]
	return " – ".join(days)


def _label_of_months(first: date, last: date) -> str:
	if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
		return str(first.year)
	if (first.year, first.month) == (last.year, last.month):
		return formatdate(first, "MMM yyyy")
	opening = formatdate(first, "MMM" if first.year == last.year else "MMM yyyy")
	return f"{opening} – {formatdate(last, 'MMM yyyy')}"
