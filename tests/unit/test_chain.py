"""Seals: the same facts give the same seal wherever they come from, any other facts another."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal as D

import pytest

from bottle_mfg.ledger import Facts, Link, cancelled, written

START = Link(0, "start")
FACTS = Facts(
	datetime(2026, 3, 1, 9, 30),
	datetime(2026, 3, 2, 18, 0, 0, 120),
	D("-12.5"),
	"Average",
	D(0),
	"Bottle Sale",
	"SO-260301-0001",
	"a1b2c3",
	"",
	D(0),
)
OTHERS = {
	"posting_datetime": datetime(2026, 3, 1, 9, 30, 0, 1),
	"created": datetime(2026, 3, 2, 18, 0, 0, 121),
	"quantity": D("12.5"),
	"basis": "Declared",
	"declared": D("0.0001"),
	"voucher_type": "Bottle Purchase",
	"voucher_no": "SO-260301-0002",
	"voucher_row": "a1b2c4",
	"origin_row": "a1b2c3",
	"origin_start": D(1),
}


def test_a_link_is_the_number_and_a_digest_of_all_before() -> None:
	first = written(START, FACTS)
	assert first == Link(1, "cd5bb898639cc08b9c2b5baddf0ee8d0a11f5a0e")
	second = written(first, FACTS)
	assert second.number == 2
	assert second.seal != first.seal


@pytest.mark.parametrize("name", Facts._fields)
def test_every_fact_counts(name: str) -> None:
	other = FACTS._replace(**{name: OTHERS[name]})
	assert written(START, other).seal != written(START, FACTS).seal


def test_where_a_figure_comes_from_does_not_count() -> None:
	stored = FACTS._replace(quantity=D("-12.500000000"), declared=D("0E-9"), origin_start=D("-0.000"))
	assert written(START, stored) == written(START, FACTS)


def test_what_came_before_counts() -> None:
	seals = {written(before, FACTS).seal for before in (START, Link(0, "other"), Link(1, "start"))}
	assert len(seals) == 3


def test_a_cancelling_is_an_event_of_its_own() -> None:
	entry = written(START, FACTS)
	gone = cancelled(entry, 41)
	assert gone.number == 2
	assert len({entry.seal, gone.seal, cancelled(entry, 42).seal, cancelled(START, 41).seal}) == 4
