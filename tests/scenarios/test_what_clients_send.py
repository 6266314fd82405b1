"""From what a client sent to exact numbers, days and times."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from frappe.utils import format_timedelta

from bottle_mfg.controllers.numbers import day, decimal, time_of_day, too_fine


@pytest.mark.parametrize(
	("raw", "number"),
	[(0.1, D("0.1")), ("1e3", D(1000)), (" 2.50 ", D("2.50")), (None, D(0)), ("", D(0)), (7, D(7))],
)
def test_numbers(raw: Any, number: D) -> None:
	assert decimal(raw) == number


@pytest.mark.parametrize(
	"raw", ["abc", "1,000", "NaN", "Infinity", "-inf", True, [1], {}, "0x10", float("nan")]
)
def test_what_is_no_number(raw: Any) -> None:
	assert decimal(raw) is None


def test_too_many_places() -> None:
	assert not too_fine(D("0.1250"), 3)
	assert too_fine(D("0.1251"), 3)


@pytest.mark.parametrize(
	("raw", "wanted"),
	[
		("9:05", time(9, 5)),
		("09:05:06", time(9, 5, 6)),
		("9:05:6.5", time(9, 5, 6, 500_000)),
		("23:59:59.999999", time(23, 59, 59, 999_999)),
		("0:00:5e-05", time(0, 0, 0, 50)),
		(timedelta(hours=9, minutes=5), time(9, 5)),
		(time(9, 5), time(9, 5)),
	],
)
def test_times(raw: Any, wanted: time) -> None:
	assert time_of_day(raw) == wanted


@pytest.mark.parametrize(
	"raw",
	[
		"",
		"24:00",
		"12:60",
		"12:30:60",
		"12",
		"noon",
		"1:2:3:4",
		"-1:00",
		"12:30:nan",
		timedelta(days=1),
		5,
		[],
	],
)
def test_what_is_no_time(raw: Any) -> None:
	assert time_of_day(raw) is None


@pytest.mark.parametrize("microseconds", [0, 1, 50, 6_000_000, 6_558_827, 59_999_999])
def test_a_time_as_frappe_answers_it_can_be_sent_back(microseconds: int) -> None:
	stored = timedelta(hours=20, minutes=27, microseconds=microseconds)
	assert time_of_day(format_timedelta(stored)) == (datetime.min + stored).time()


@pytest.mark.parametrize(
	("raw", "wanted"),
	[
		("2026-11-22", date(2026, 11, 22)),
		("2026-11-22 10:00:00", date(2026, 11, 22)),
		(datetime(2026, 11, 22, 10), date(2026, 11, 22)),
		("22-11-2026", None),
		("2026-02-30", None),
		("", None),
		(None, None),
		(5, None),
	],
)
def test_days(raw: Any, wanted: date | None) -> None:
	assert day(raw) == wanted
