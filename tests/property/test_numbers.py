from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bottle_mfg.controllers.numbers import EARLIEST, LATEST, day, due, moment
from bottle_mfg.ledger import divide

STEP = Fraction(1, 10_000)
values = st.decimals(min_value=0, max_value="99999999999.9999", places=4)
quantities = st.decimals(min_value="0.001", max_value="9999999999.999", places=3)


@given(values, quantities, quantities)
def test_a_division_is_the_exact_quotient_rounded_once(total: D, part: D, whole: D) -> None:
	exact = Fraction(total) * Fraction(part) / Fraction(whole)
	assert Fraction(divide(total, part, whole)) == round(exact / STEP) * STEP


def test_large_figures_keep_every_place() -> None:
	assert divide(D("99999999999.9999"), D("3333333333.333"), D("9999999999.999")) == D("33333333333.3333")


@given(st.dates(EARLIEST, LATEST), st.integers(0, 2**31 - 1))
def test_what_is_due_is_due_on_some_day(on: date, days: int) -> None:
	left = (LATEST - on).days
	assert due(on, days) == (on + timedelta(days=days) if days <= left else LATEST)


@given(st.dates())
def test_days_of_a_factory(on: date) -> None:
	kept = 1900 <= on.year < 3000
	assert day(on) == day(str(on)) == (on if kept else None)
	assert (moment(f"{on} 12:30") is not None) == kept
