"""From what a client sent to exact numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_QUANTITY = Decimal("999999999.999")
MOST_VALUE = Decimal("99999999999.9999")
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)

_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_MICROSECONDS = 1_000_000


def decimal(raw: Any) -> Decimal | None:
	"""The number that `raw` (a number, or text as a form sends it) stands for; None where it is none.

	A float counts as the shortest decimal number that reads back as it, so that 0.1 is a tenth.
	"""
	if raw is None or raw == "":
		return Decimal(0)
	if isinstance(raw, bool):
		return None
	try:
		number = Decimal(str(raw).strip())
	except InvalidOperation:
		return None
	return number if number.is_finite() else None


def stored(raw: Any) -> Decimal:
	"""A number that was validated before. Raises `ValueError` for one that is none."""
	number = decimal(raw)
	if number is None:
		raise ValueError(f"not a number: {raw!r}")
	return number


def too_fine(number: Decimal, places: int) -> bool:
	"""Whether `number` has more than `places` digits behind the point."""
	return number != round(number, places)


def day(raw: Any) -> date | None:
	"""The day that `raw` (a date, or text that begins with YYYY-MM-DD) stands for; None where it is none.

	Nor is what lies before `EARLIEST` or after `LATEST`: somebody slipped, and Python cannot count on from there.
	"""
	if isinstance(raw, date):
		found = raw.date() if isinstance(raw, datetime) else raw
	else:
		try:
			found = date.fromisoformat(str(raw)[:10])
		except ValueError:
			return None
	return found if EARLIEST <= found <= LATEST else None


def due(on: date, days: int) -> date:
	"""The day that comes `days` after `on`, at most `LATEST`."""
	return on + timedelta(days=min(days, (LATEST - on).days))


def moment(raw: Any) -> datetime | None:
	"""The moment that `raw` (a datetime, or text as YYYY-MM-DD[ HH:MM[:SS[.ffffff]]]) stands for, else None.

	As for days, `EARLIEST` and `LATEST` are the bounds.
	"""
	if isinstance(raw, datetime):
		found = raw
	else:
		try:
			found = datetime.fromisoformat(str(raw).strip())
		except ValueError:
			return None
	return found if EARLIEST <= found.date() <= LATEST else None


def time_of_day(raw: Any) -> time | None:
	"""The time that `raw` (a time, the driver's timedelta, or text as H:MM[:SS[.ffffff]]) stands for, else None.

	Frappe itself writes 9:05:06.5 and even 9:05:5e-05: what it answers has to be good enough to be sent back.
	"""
	if isinstance(raw, time):
		return raw
	if isinstance(raw, timedelta):
		return (datetime.min + raw).time() if timedelta(0) <= raw < timedelta(days=1) else None
	hour, _colon, rest = str(raw).strip().partition(":")
	minute, _colon, second = rest.partition(":")
	seconds = decimal(second)
	if not _CLOCK.fullmatch(f"{hour}:{minute}") or seconds is None or not 0 <= seconds < 60:
		return None
	try:
		whole, fraction = divmod(round(seconds * _MICROSECONDS), _MICROSECONDS)
		return time(int(hour), int(minute), whole, fraction)
	except ValueError:
		return None
