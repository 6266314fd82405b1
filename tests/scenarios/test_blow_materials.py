"""Blowing with caps and labels, and with regrind that comes out beside the bottles."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from bottle_mfg.errors import InsufficientStockError, InvalidValueError
from tests.laws import assert_laws


@pytest.fixture
def regrind(factory: Any) -> str:
	return factory.item("REG", "Consumable", uom="kg")


def used(item: str, quantity: float) -> dict[str, Any]:
	return {"item": item, "quantity": quantity}


def made(item: str, quantity: float, rate: float | str) -> dict[str, Any]:
	return {"item": item, "quantity": quantity, "kind": "By-product", "rate": rate}


def test_caps_make_the_bottle_dearer_and_regrind_makes_it_cheaper(factory: Any, regrind: str) -> None:
	factory.purchase(1000, 2).submit()
	factory.purchase(items=[factory.line(factory.cap, 1000, "0.25")]).submit()
	blow = factory.blow(
		1000,
		950,
		blow_cost_per_unit="0.50",
		materials=[used(factory.cap, 950), made(regrind, "1.2", 80)],
	)
	blow.submit()
	assert (blow.preform_cost, blow.material_cost, blow.conversion_cost) == (2000, 2237.5, 500)
	assert (blow.scrap_credit, blow.total_cost) == (96, 2641.5)
	assert blow.produced_unit_cost == 2.7805
	assert factory.stock(factory.cap) == (50, D("12.5"))
	assert factory.stock(regrind) == (D("1.2"), 96)
	assert factory.stock(factory.bottle) == (950, D("2641.5"))
	assert_laws(factory)


def test_a_correction_of_a_cap_or_of_a_preform_is_told_apart(factory: Any) -> None:
	factory.purchase(1000, 2, date="2024-03-02").submit()
	factory.purchase(items=[factory.line(factory.cap, 1000, "0.25")], date="2024-03-02").submit()
	blow = factory.blow(1000, 950, date="2024-03-03", materials=[used(factory.cap, 950)]).submit()
	factory.purchase(items=[factory.line(factory.cap, 1000, "0.75")], date="2024-03-01").submit()
	blow.reload()
	assert (blow.preform_cost, blow.material_cost) == (2000, 2475)
	factory.purchase(1000, 4, date="2024-03-01").submit()
	blow.reload()
	assert (blow.preform_cost, blow.material_cost) == (3000, 3475)
	assert_laws(factory)


def test_regrind_is_never_worth_more_than_what_went_in(factory: Any, regrind: str) -> None:
	factory.purchase(10, 2).submit()
	blow = factory.blow(10, 10, blow_cost_per_unit=1, materials=[made(regrind, 1, 999)])
	blow.submit()
	assert (blow.material_cost, blow.scrap_credit) == (20, 20)
	assert (blow.total_cost, blow.produced_unit_cost) == (10, 1)
	assert factory.stock(regrind) == (1, 20)
	assert_laws(factory)


def test_the_cap_is_for_all_by_products_together(factory: Any, regrind: str) -> None:
	sprue = factory.item("SPR", "Sold", uom="kg")
	factory.purchase(10, 2).submit()
	blow = factory.blow(10, 10, materials=[made(regrind, 1, 15), made(sprue, 1, 15)])
	blow.submit()
	assert (blow.scrap_credit, blow.total_cost, blow.produced_unit_cost) == (20, 0, 0)
	assert (factory.stock(regrind), factory.stock(sprue)) == ((1, 15), (1, 5))
	assert_laws(factory)


def test_everything_that_is_missing_is_said_at_once(factory: Any) -> None:
	factory.purchase(10, 2).submit()
	blow = factory.blow(12, 12, materials=[used(factory.cap, 5)])
	with pytest.raises(InsufficientStockError) as refused:
		blow.submit()
	short = {line["item_id"]: line["shortage"] for line in refused.value.keys["shortages"]}
	assert short == {factory.preform: 2, factory.cap: 5}


def test_a_cancelled_blow_gives_back_caps_and_takes_away_regrind(factory: Any, regrind: str) -> None:
	factory.purchase(10, 2).submit()
	factory.purchase(items=[factory.line(factory.cap, 10, 1)]).submit()
	blow = factory.blow(10, 10, materials=[used(factory.cap, 10), made(regrind, 1, 5)])
	blow.submit()
	blow.cancel()
	assert factory.stock(factory.preform) == (10, 20)
	assert factory.stock(factory.cap) == (10, 10)
	assert factory.stock(regrind) == factory.stock(factory.bottle) == (0, 0)
	assert_laws(factory)


def test_every_fault_of_the_materials_at_once(factory: Any, regrind: str) -> None:
	with pytest.raises(InvalidValueError) as refused:
		factory.blow(
			10,
			9,
			materials=[
				used(factory.preform, 1),
				used(factory.bottle, 1),
				used(factory.cap, "1.5") | {"rate": 1},
				made(regrind, 1, 0),
				used(regrind, 0),
				{"quantity": 1},
			],
		)
	assert {(*fault.loc[1:], fault.type) for fault in refused.value.faults} == {
		(0, "item", "item_type"),
		(1, "item", "item_type"),
		(2, "quantity", "whole_number"),
		(2, "rate", "only_by_products"),
		(3, "rate", "missing"),
		(4, "item", "duplicate"),
		(4, "quantity", "greater_than"),
		(5, "item", "missing"),
	}
