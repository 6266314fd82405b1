"""Goods on their way between warehouses: their value goes with them, to the last digit."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from bottle_mfg.errors import InsufficientStockError, InvalidValueError
from tests.laws import assert_laws


def lines(**quantities: float) -> list[dict[str, Any]]:
	return [{"item": item, "quantity": quantity} for item, quantity in quantities.items()]


def assert_both(factory: Any) -> None:
	assert_laws(factory)
	assert_laws(factory, factory.depot)


def test_what_leaves_one_warehouse_arrives_in_the_other(factory: Any) -> None:
	factory.purchase(3, 1, other_charges=7).submit()  # 3 for 10.00: a third has no end
	moved = factory.transfer(1).submit()
	assert (moved.items[0].value, moved.items[0].unit_cost, moved.total_value) == (3.3333, 3.3333, 3.3333)
	assert factory.stock(factory.preform) == (2, D("6.6667"))
	assert factory.stock(factory.preform, factory.depot) == (1, D("3.3333"))
	assert moved.status == "Moved"
	assert moved.name.startswith("ST-")
	assert_both(factory)


def test_there_and_back_changes_nothing(factory: Any) -> None:
	factory.purchase(7, 1, other_charges=3).submit()
	before = factory.stock(factory.preform)
	for quantity in (1, 2, 4):
		factory.transfer(quantity).submit()
	assert factory.stock(factory.preform) == (0, 0)
	assert factory.stock(factory.preform, factory.depot) == before
	back = {"from_warehouse": factory.depot, "to_warehouse": factory.warehouse}
	for quantity in (3, 3, 1):
		factory.transfer(quantity, **back).submit()
	assert factory.stock(factory.preform) == before
	assert factory.stock(factory.preform, factory.depot) == (0, 0)
	assert_both(factory)


def test_goods_mix_at_the_average_of_where_they_arrive(factory: Any) -> None:
	factory.purchase(100, 2).submit()
	factory.purchase(100, 4, warehouse=factory.depot).submit()
	factory.transfer(100).submit()
	assert factory.stock(factory.preform, factory.depot) == (200, 600)
	sold = factory.sale(warehouse=factory.depot, items=[factory.line(factory.preform, 50, 5)]).submit()
	assert sold.cost_of_goods == 150
	assert_both(factory)


def test_several_lines_even_of_one_item(factory: Any) -> None:
	factory.purchase(10, 2).submit()
	factory.purchase(items=[factory.line(factory.cap, 10, 1)]).submit()
	wanted = [*lines(**{factory.preform: 4, factory.cap: 5}), *lines(**{factory.preform: 6})]
	moved = factory.transfer(items=wanted).submit()
	assert [row.value for row in moved.items] == [8, 5, 12]
	assert moved.total_value == 25
	assert factory.stock(factory.preform) == (0, 0)
	assert_both(factory)


def test_more_than_there_is(factory: Any) -> None:
	factory.purchase(10, 2).submit()
	asked = factory.transfer(items=lines(**{factory.preform: 11, factory.cap: 1}))
	with pytest.raises(InsufficientStockError) as refused:
		asked.submit()
	short = {one["item_id"]: one["shortage"] for one in refused.value.keys["shortages"]}
	assert short == {factory.preform: 1, factory.cap: 1}


def test_goods_that_are_not_there_do_not_arrive_before_they_leave(factory: Any) -> None:
	"""A second line cannot live on what the first brought to the other place."""
	factory.purchase(10, 2).submit()
	with pytest.raises(InsufficientStockError):
		factory.transfer(items=lines(**{factory.preform: 10}) * 2).submit()


def test_cancelled_is_never_moved(factory: Any) -> None:
	factory.purchase(7, 1, other_charges=3).submit()
	before = factory.stock(factory.preform)
	moved = factory.transfer(2).submit()
	moved.cancel()
	assert factory.stock(factory.preform) == before
	assert factory.stock(factory.preform, factory.depot) == (0, 0)
	assert moved.status == "Cancelled"
	assert_both(factory)


def test_what_is_wrong_with_it(factory: Any) -> None:
	with pytest.raises(InvalidValueError) as refused:
		factory.transfer(
			to_warehouse=factory.warehouse, items=lines(**{factory.preform: 0.5, factory.cap: 0})
		)
	assert {(fault.loc, fault.type) for fault in refused.value.faults} == {
		(("to_warehouse",), "different"),
		(("items", 0, "quantity"), "whole_number"),
		(("items", 1, "quantity"), "greater_than"),
	}


def test_a_warehouse_that_is_not_used_any_more(factory: Any, db: Any) -> None:
	db.set_value("Bottle Warehouse", factory.depot, "disabled", 1)
	with pytest.raises(InvalidValueError) as refused:
		factory.transfer(1)
	assert [fault.loc for fault in refused.value.faults] == [("to_warehouse",)]
