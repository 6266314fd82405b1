"""Which units of a line came back: parts never overlap, and what they are worth adds up."""

from __future__ import annotations

import itertools
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bottle_mfg.ledger.parts import Part, free, share_of, take

wholes = st.decimals(min_value="0.001", max_value="100000", places=3)
totals = st.decimals(min_value=0, max_value="10000000", places=4)
steps = st.lists(st.tuples(st.booleans(), st.fractions(0, 1)), max_size=30)


def left(taken: list[Part], whole: D) -> D:
	return whole - sum((part.quantity for part in taken), D(0))


def returned(whole: D, history: list[tuple[bool, object]]) -> list[Part]:
	"""The parts after some returns (True) and cancels (False)."""
	taken: list[Part] = []
	for comes_back, share in history:
		if comes_back:
			quantity = (left(taken, whole) * share.numerator / share.denominator).quantize(D("0.001"))  # type: ignore[attr-defined]
			if quantity:
				taken += take(taken, whole, quantity)
		elif taken:
			taken.pop(int(share * (len(taken) - 1)))  # type: ignore[operator]
	return taken


@given(whole=wholes, history=steps)
def test_parts_never_overlap_and_fill_the_line(whole: D, history: list[tuple[bool, object]]) -> None:
	taken = returned(whole, history)
	cover = sorted(taken + free(taken, whole))
	assert cover[0].start == 0
	assert cover[-1].end == whole
	for one, following in itertools.pairwise(cover):
		assert one.end == following.start


@given(whole=wholes, total=totals, history=steps, places=st.sampled_from([0, 2, 3, 4]))
def test_shares_add_up_to_the_last_place(
	whole: D, total: D, history: list[tuple[bool, object]], places: int
) -> None:
	taken = returned(whole, history)
	rest = left(taken, whole)
	if rest:
		taken += take(taken, whole, rest)
	shares = [share_of(total, part, whole, places) for part in taken]
	assert sum(shares) == total
	assert min(shares) >= 0


def test_the_first_gap_that_is_wide_enough_is_taken_whole() -> None:
	taken = [Part(D(2), D(1)), Part(D(5), D(2))]
	assert free(taken, D(10)) == [Part(D(0), D(2)), Part(D(3), D(2)), Part(D(7), D(3))]
	assert take(taken, D(10), D(2)) == [Part(D(0), D(2))]
	assert take(taken, D(10), D(3)) == [Part(D(7), D(3))]
	assert take(taken, D(10), D(5)) == [Part(D(0), D(2)), Part(D(3), D(2)), Part(D(7), D(1))]
	with pytest.raises(ValueError, match="too many"):
		take(taken, D(10), D(8))


def test_thirds_of_ten() -> None:
	parts = [Part(D(number), D(1)) for number in range(3)]
	assert [share_of(D(10), part, D(3), 2) for part in parts] == [D("3.33"), D("3.34"), D("3.33")]
	assert [share_of(D("10.005"), part, D(3), 2) for part in parts] == [D("3.34"), D("3.33"), D("3.335")]
