"""From what a client sent to exact numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_QUANTITY = Decimal("999999999.999")
MOST_VALUE = Decimal("99999999999.9999")

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?")


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
	"""The day that `raw` (a date, or text that begins with YYYY-MM-DD) stands for; None where it is none."""
	if isinstance(raw, date):
		return raw.date() if isinstance(raw, datetime) else raw
	try:
		return date.fromisoformat(str(raw)[:10])
	except ValueError:
		return None


def time_of_day(raw: Any) -> time | None:
	"""The time that `raw` (a time, the driver's timedelta, or text as H:MM[:SS[.ffffff]]) stands for, else None."""
	if isinstance(raw, time):
		return raw
	if isinstance(raw, timedelta):
		return (datetime.min + raw).time() if timedelta(0) <= raw < timedelta(days=1) else None
	match = _TIME.fullmatch(str(raw).strip())
	if not match:
		return None
	hour, minute, second, fraction = match.groups()
	try:
		return time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")))
	except ValueError:
		return None
