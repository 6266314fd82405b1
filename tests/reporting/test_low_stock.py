"""Low stock: what has to be ordered, how much, how urgently, and what is on order already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.api.v1 import item_prices, last_purchase_price, make_purchases
from bottle_mfg.errors import InvalidValueError
from bottle_mfg.glance.cards import items_low
from bottle_mfg.reporting.low_stock import low_items
from bottle_mfg.reporting.reorder import OnOrder, Suggestion
from bottle_mfg.reporting.usage import Use
from tests.reports import Run, add, as_user, places
from tests.scenarios.test_returns import back

REPORT = "Bottle Low Stock"
COSTS = {"last_price", "amount"}


@pytest.fixture
def low(factory: Any) -> Any:
	"""400 preforms of a level of 500 (600 blown in the last 10 days), 50 caps of 80, bottles above their level."""
	lines = [factory.line(factory.preform, 1000, 2), factory.line(factory.cap, 50, 0.5)]
	factory.purchase(items=lines, date=add_days(nowdate(), -40)).submit()
	factory.blow(600, 570, date=add_days(nowdate(), -9)).submit()
	level(factory.preform, 500, lead_time_days=4)
	level(factory.cap, 80, reorder_qty=300)
	level(factory.bottle, 569)
	return factory


def level(item: str, reorder_level: float, **values: Any) -> None:
	frappe.db.set_value("Bottle Item", item, {"reorder_level": reorder_level, **values})


def run(item: str, **filters: Any) -> Run:
	return Run(REPORT, item=item, **({"days": 10} | filters))


def row(item: str, **filters: Any) -> dict[str, Any]:
	return run(item, **filters).row(item=item)


def test_to_the_digit(low: Any) -> None:
	preform, cap = row(low.preform), row(low.cap)
	assert (preform["quantity"], preform["reorder_level"], preform["daily_use"]) == (400, 500, 60)
	assert places(preform["days_of_cover"], 1) == Decimal("6.7")
	assert preform["suggested"] == 100 + 4 * 60, "up to the level, and what is used until it is there"
	assert (preform["supplier"], preform["last_price"], preform["amount"]) == (low.supplier, 2, 680)
	assert (cap["suggested"], cap["amount"], cap["daily_use"]) == (300, 150, 0), "the item's usual quantity"
	assert cap["days_of_cover"] is None
	assert run(low.cap).headings["suggested"] == "To Order", "Order alone is what a list is sorted by"
	assert run(low.bottle).rows == []
	low.sale(1).submit()
	assert row(low.bottle)["to_do"] == "Blow"
	assert run(low.preform).rows[-1]["amount"] == 680
	assert run(low.preform).cards["Comes To"] == 680


def test_the_use_is_that_of_the_days_asked_for(low: Any) -> None:
	assert row(low.preform, days=9)["daily_use"] == 0
	assert row(low.preform, days=20)["daily_use"] == 30
	low.sale(items=[low.line(low.preform, 20, 5)]).submit()
	assert row(low.preform, days=20)["daily_use"] == 31, "blown and sold"
	low.transfer(100).submit()
	low.count({low.preform: 270}).submit()
	assert row(low.preform, days=20)["daily_use"] == 31, "not what was moved or missing"


def test_all_warehouses_together(low: Any) -> None:
	low.transfer(100).submit()
	assert row(low.preform)["quantity"] == 400
	low.purchase(101, 2, warehouse=low.depot).submit()
	assert run(low.preform).rows == [], "501 of 500, in two places"


def test_at_the_level_is_low(low: Any) -> None:
	low.purchase(100, 2).submit()
	assert row(low.preform)["quantity"] == 500
	level(low.preform, 499)
	assert run(low.preform).rows == []


def test_disabled_items_and_those_without_a_level_never_run_low(low: Any) -> None:
	assert {one.item for one in low_items([low.preform, low.cap, low.bottle])} == {low.preform, low.cap}
	level(low.preform, 0)
	frappe.db.set_value("Bottle Item", low.cap, "disabled", 1)
	assert low_items([low.preform, low.cap]) == []
	assert low_items([]) == []


@pytest.mark.parametrize(
	("held", "use", "days", "usual", "uom", "expected"),
	[
		(400, 0, 4, 0, "pcs", 100),
		(500, 0, 4, 0, "pcs", 500),
		(500, 0, 0, 50, "pcs", 50),
		(0, 1, 3, 0, "pcs", 501),
		(0, 1, 3, 0, "kg", Decimal("500.3")),
		(500, -5, 9, 0, "pcs", 500),
	],
)
def test_how_much_to_order(
	low: Any, held: int, use: int, days: int, usual: int, uom: str, expected: Any
) -> None:
	"""Of a level of 500; the use is that of ten days. What more came back than was sold is no use."""
	level(low.preform, 10_000)
	(one,) = low_items([low.preform])
	figures = {"quantity": held, "reorder_level": 500, "reorder_qty": usual}
	values = vars(one) | {name: Decimal(figure) for name, figure in figures.items()}
	asked = Suggestion(type(one)(**(values | {"uom": uom, "lead_time_days": days})), Use(Decimal(use), 10))
	assert asked.quantity == expected
	on_order = Suggestion(asked.low, asked.use, OnOrder(Decimal(1), ("PO-1",)))
	assert on_order.quantity == 0


def test_what_is_on_a_draft_is_not_suggested_again(low: Any) -> None:
	draft = low.purchase(40, 2)
	found = row(low.preform)
	assert (found["on_order"], found["draft"], found["to_do"]) == (40, draft.name, "On Order")
	assert found["suggested"] is None
	assert run(low.preform).cards["On Order"] == 1
	draft.delete()
	assert row(low.preform)["suggested"] == 340


def test_neither_returns_nor_other_items_are_on_order(low: Any) -> None:
	from bottle_mfg.api.v1 import make_return

	bought = low.purchase(1, 2).submit()
	frappe.get_doc(make_return("Bottle Purchase", bought.name)).insert()
	low.purchase(items=[low.line(low.bottle, 1, 2)])
	assert row(low.preform)["on_order"] is None


def test_the_last_price_is_that_of_the_latest_purchase_that_stands(low: Any) -> None:
	other = low.make("Bottle Supplier", supplier_name=f"Other {low.tag}").name
	dear = low.purchase(1, 3, supplier=other, date=add_days(nowdate(), -5)).submit()
	cheap = low.purchase(1, 1, date=add_days(nowdate(), -30)).submit()
	back(cheap, date=add_days(nowdate(), -1))
	low.purchase(1, 9)
	assert (row(low.preform)["last_price"], row(low.preform)["supplier"]) == (3, other)
	assert run(low.preform, supplier=low.supplier).rows == []
	dear.cancel()
	assert (row(low.preform)["last_price"], row(low.preform)["supplier"]) == (1, low.supplier)


def test_the_most_urgent_comes_first(low: Any) -> None:
	gone = low.item("GONE", "Consumable", reorder_level=1)
	mine = [low.cap, low.preform, gone]
	found = [one["item"] for one in Run(REPORT, days=10).rows if one.get("item") in mine]
	assert found == [gone, low.preform, low.cap]


def test_cover_is_drawn_beside_the_lead_time(low: Any) -> None:
	chart = run(low.preform).answer["chart"]["data"]
	assert [one["values"] for one in chart["datasets"]] == [[6.7], [4]]
	assert run(low.cap).answer["chart"] is None, "nobody uses it"


@pytest.mark.parametrize("user", ["viewer", "stock", "manager"])
def test_costs_are_for_who_may_see_them(low: Any, user: str) -> None:
	with as_user(user):
		found = run(low.preform)
	assert bool(COSTS & {*found.columns, *found.keys()}) == (user != "viewer")
	assert ("Comes To" in found.cards) == (user != "viewer")
	assert found.row(item=low.preform)["supplier"] == low.supplier


def test_user_permissions_confine_it(low: Any) -> None:
	low.transfer(100).submit()
	permission = low.make(
		"User Permission", user="stock@bottle.test", allow="Bottle Warehouse", for_value=low.depot
	)
	try:
		with as_user("stock"):
			assert row(low.preform)["quantity"] == 100
		assert low_items([low.preform])[0].quantity == 400
	finally:
		permission.delete()  # out of the cache, too, which no rollback empties


@pytest.fixture
def two_suppliers(low: Any) -> Any:
	"""Preforms and bottles that another supplier delivered last, at another price, and an item that he alone has."""
	low.other = low.make("Bottle Supplier", supplier_name=f"Other {low.tag}").name
	low.spare = low.item("SPARE", "Consumable", reorder_level=9)
	level(low.bottle, 9999)
	lines = [low.line(low.preform, 1, 3), low.line(low.spare, 1, 7), low.line(low.bottle, 1, 8)]
	low.theirs = low.purchase(items=lines, supplier=low.other).submit()
	return low


@contextmanager
def knows_one_supplier(factory: Any, how: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
	"""Be stock staff confined to the factory's usual supplier, or to what they entered themselves."""
	if how == "own":
		bought = {"supplier": factory.supplier}
		frappe.db.set_value("Bottle Purchase", bought, "owner", "stock@bottle.test")
		monkeypatch.setattr("bottle_mfg.reporting.bills.owner_only", lambda doctype, user: True)
		with as_user("stock"):
			yield
		return
	rule = factory.make(
		"User Permission", user="stock@bottle.test", allow="Bottle Supplier", for_value=factory.supplier
	)
	try:
		with as_user("stock"):
			yield
	finally:
		rule.delete()


@pytest.mark.parametrize("how", ["permission", "own"])
def test_prices_are_of_purchases_that_the_reader_may_see(
	two_suppliers: Any, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
	low = two_suppliers
	with knows_one_supplier(low, how, monkeypatch):
		preform, spare, bottle = row(low.preform), row(low.spare), row(low.bottle)
		assert (preform["supplier"], preform["last_price"]) == (low.supplier, 2)
		assert places(preform["amount"]) == 2 * places(preform["suggested"])
		for hidden in (spare, bottle):
			assert {hidden.get(name) for name in ("supplier", "last_price", "amount")} == {None}
			assert hidden["to_do"] == "Buy", "somebody delivered it"
		whole = run(low.spare)
		assert (whole.rows[-1]["amount"], whole.cards["Comes To"]) == (0, 0)
		assert run(low.spare, supplier=low.other).rows == []
		assert item_prices([low.preform])[0]["last_purchase_price"] == 2
		assert last_purchase_price(low.spare) is None
	assert row(low.spare)["last_price"] == 7


@pytest.mark.parametrize("how", ["permission", "own"])
def test_orders_are_made_of_purchases_that_the_buyer_may_see(
	two_suppliers: Any, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
	low = two_suppliers
	with knows_one_supplier(low, how, monkeypatch):
		(made,) = make_purchases([{"item": low.preform}])["purchases"]
		assert made["supplier"] == low.supplier
		with pytest.raises(InvalidValueError) as refused:
			make_purchases([{"item": low.spare}])
		assert [fault.loc[-1] for fault in refused.value.faults] == ["supplier", "unit_price"]
		said = " ".join(fault.msg for fault in refused.value.faults)
		assert "never bought" not in said and low.other not in said


def test_the_card_counts_what_its_reader_may_see(low: Any) -> None:
	permission = low.make("User Permission", user="stock@bottle.test", allow="Bottle Item", for_value=low.cap)
	try:
		with as_user("stock"):
			assert items_low()["value"] == 1
		assert items_low()["value"] >= 2
	finally:
		permission.delete()


def test_it_can_be_re_added(low: Any) -> None:
	"""Quantities from the ledger, amounts from the rows."""
	rows = Run(REPORT, days=10).rows
	assert add(rows[:-1], "amount") == places(rows[-1]["amount"])
	for item in (low.preform, low.cap):
		assert places(row(item)["quantity"]) == sum(Decimal(entry.quantity) for entry in low.ledger(item))
