"""What the benchmarks fill a site with is what posting would have written: a count from zero finds nothing wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.measurements.replay import late_purchase
from benchmarks.seed import History, assert_laws, seed_chain, seed_history
from bottle_mfg.posting.chain import broken
from bottle_mfg.posting.recount import verify


@pytest.mark.parametrize("seed", [seed_history, seed_chain])
def test_a_seeded_year_stands_a_count_from_zero(db: Any, seed: Callable[[int], History]) -> None:
	before = set(verify())
	history = seed(60)
	assert history.entries >= 60
	assert set(verify()) == before
	assert not [*broken(history.items)]
	late = late_purchase(history)
	assert set(verify()) == before
	assert_laws(items=history.items)
	late.cancel()
	assert set(verify()) == before


def test_the_laws_notice_what_is_wrong(db: Any) -> None:
	history = seed_history(20)
	for statement, law in (
		("update `tabBottle Stock` set value = value + 0.0001 where item = %s", "a balance"),
		(
			"update `tabBottle Daily Total` set quantity = quantity + 1 where item = %s limit 1",
			"a daily total",
		),
		("update `tabBottle Sale Item` set cost = cost + 1 where item = %s limit 1", "a line of a sale"),
		(
			"update `tabBottle Ledger Entry` set balance_value = 0 where item = %s limit 1",
			"a running balance",
		),
	):
		db.sql(statement, (history.items[0],))
		with pytest.raises(AssertionError, match=law):
			assert_laws(items=history.items)
		db.rollback()
	assert_laws(items=history.items)
