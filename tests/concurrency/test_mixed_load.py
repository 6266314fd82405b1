"""Eight users at work on the same items: the sums are exact, and nobody hears of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.concurrency.mix import HONEST, Mill
from tests.laws import assert_laws

Work = Callable[[Mill, int], Counter[str]]


def mill_of(factory: Any, late: float) -> Mill:
	mill = Mill(
		factory.warehouse,
		factory.supplier,
		factory.customer,
		preforms=tuple(factory.item(f"P{number}", "Preform") for number in range(2)),
		bottles=tuple(factory.item(f"B{number}", "Bottle") for number in range(3)),
		goods=tuple(factory.item(f"G{number}", "Sold") for number in range(3)),
		late=late,
	)
	first = [factory.line(item, 100, "1.2345") for item in mill.preforms + mill.goods]
	factory.purchase(items=first, date="2020-01-01").submit()
	return mill


@pytest.mark.parametrize(
	("documents", "late"), [(80, 0.1), pytest.param(10_000, 0.01, marks=pytest.mark.slow)]
)
def test_purchases_blows_sales_and_cancels(
	factory: Any, db: Any, work: Work, documents: int, late: float
) -> None:
	heard = work(mill_of(factory, late), documents)
	assert set(heard) <= HONEST, heard
	assert heard["done"] > documents / 2
	standing = sum(
		db.count(doctype, {"warehouse": factory.warehouse, "docstatus": ("!=", 0)})
		for doctype in ("Bottle Purchase", "Blow", "Bottle Sale")
	)
	cancelled = sum(
		db.count(doctype, {"warehouse": factory.warehouse, "docstatus": 2})
		for doctype in ("Bottle Purchase", "Blow", "Bottle Sale")
	)
	assert standing - 1 + cancelled == heard["done"]
	assert cancelled
	assert_laws(factory)
