from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bottle_mfg.ledger import spread

amounts = st.decimals(min_value=0, max_value=10**9, places=4)


def test_freight_follows_the_amounts() -> None:
	assert spread(D("100"), [D("300"), D("100")]) == [D(75), D(25)]


def test_lines_without_weight_share_alike() -> None:
	assert spread(D("1"), [D(0), D(0), D(0)]) == [D("0.3333"), D("0.3334"), D("0.3333")]


def test_a_line_without_weight_gets_nothing_beside_one_with() -> None:
	assert spread(D("1"), [D(0), D(5)]) == [D(0), D(1)]


def test_nothing_to_spread_over() -> None:
	assert spread(D(0), []) == []
	with pytest.raises(ValueError, match="nothing to spread over"):
		spread(D(1), [])


@given(amounts, st.lists(amounts, min_size=1, max_size=40))
def test_shares_add_up_and_stay_near_their_exact_size(total: D, weights: list[D]) -> None:
	shares = spread(total, weights)
	assert sum(shares) == total
	assert min(shares) >= 0
	whole = sum(weights)
	if whole:
		for share, weight in zip(shares, weights, strict=True):
			assert abs(share * whole - total * weight) <= D("0.0001") * whole
