"""The stretches of time that a report has a column or a point for."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
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
	periods = []
	start = first
	while start <= last:
		end = min(end_of(start, last), last)
		periods.append(Period(start, end, _label(start, end, periodicity)))
		start = end + timedelta(days=1)
	return periods


def find(periods: list[Period], day: date) -> Period:
	"""The period of a day that lies in one of them."""
	return next(period for period in periods if period.first <= day <= period.last)


def _month_end(day: date, _last: date) -> date:
	return day.replace(day=monthrange(day.year, day.month)[1])


_ENDS: dict[str, Callable[[date, date], date]] = {
	DAILY: lambda day, last: day,
	WEEKLY: lambda day, last: day + timedelta(days=6 - day.weekday()),
	MONTHLY: _month_end,
	TOTAL: lambda day, last: last,
}


def _label(first: date, last: date, periodicity: str) -> str:
	if periodicity == TOTAL:
		return _("Total")
	if periodicity == MONTHLY:
		return formatdate(first, "MMM yyyy")
	return (
		formatdate(first, "d MMM")
		if first == last
		else f"{formatdate(first, 'd MMM')} – {formatdate(last, 'd MMM')}"
	)
