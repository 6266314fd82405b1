"""Slow movers: what lies, for how long, and what is bound in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from tests.reports import Run, as_user, places
from tests.scenarios.test_returns import back

REPORT = "Bottle Slow Movers"
COSTS = {"value"}


def ago(days: int) -> str:
	return add_days(nowdate(), -days)


@pytest.fixture
def dusty(factory: Any) -> Any:
	"""1000 preforms of 200 days ago, of which 100 were blown 90 days ago and 50 sold 10 days ago; caps never used."""
	lines = [factory.line(factory.preform, 1000, 2), factory.line(factory.cap, 40, 0.5)]
	factory.purchase(items=lines, date=ago(200)).submit()
	factory.blow(100, 95, date=ago(90)).submit()
	factory.sale(items=[factory.line(factory.preform, 50, 5)], date=ago(10)).submit()
	return factory


def rows(factory: Any, **filters: Any) -> dict[str, Any]:
	run = Run(REPORT, **({"warehouse": factory.warehouse} | filters))
	return {row["item"]: row for row in run.rows if row.get("item")}


def test_to_the_digit(dusty: Any) -> None:
	found = rows(dusty)
	assert [*found] == [dusty.preform, dusty.bottle, dusty.cap], "the dearest first"
	preform, bottle, cap = found.values()
	assert (preform["quantity"], preform["used"], preform["value"]) == (850, 50, 1700)
	assert (preform["last_issue"], preform["idle_days"], preform["age"]) == (ago(10), 10, "0 to 30 days")
	assert (bottle["last_issue"], bottle["idle_days"], bottle["age"]) == (None, 90, "61 to 90 days")
	assert (cap["idle_days"], cap["age"], cap["last_movement"]) == (200, "181 to 365 days", ago(200))
	assert (cap["quantity"], cap["value"], cap["used"]) == (40, 20, 0)
	assert (places(preform["value"]), places(cap["value"])) == (dusty.stock(dusty.preform)[1], 20)


def test_total_chart_and_cards(dusty: Any) -> None:
	run = Run(REPORT, warehouse=dusty.warehouse)
	assert run.rows[-1]["value"] == 1700 + 200 + 20
	assert run.answer["chart"]["data"]["datasets"][0]["values"] == [1700, 0, 200, 0, 20, 0]
	assert run.cards["Value Bound"] == 1920
	assert (run.cards["Never Sold or Used"], run.cards["Longest Idle (Days)"]) == (2, 200)


@pytest.mark.parametrize(
	("filters", "slow"),
	[
		({"used_at_most": "0"}, ("bottle", "cap")),
		({"used_at_most": "5"}, ("bottle", "cap")),
		({"days": 10, "used_at_most": "0"}, ("preform", "bottle", "cap")),
		({"days": 91}, ("cap",)),
		({"days": 91, "used_at_most": "25"}, ("preform", "cap")),
		({"item_type": "Bottle"}, ("bottle",)),
		({"days": 201}, ()),
	],
)
def test_what_counts_as_slow(dusty: Any, filters: dict[str, Any], slow: tuple[str, ...]) -> None:
	"""In 91 days 150 of 850 preforms were used; bottles came in 90 days ago, which is within them."""
	assert [*rows(dusty, **filters)] == [getattr(dusty, name) for name in slow]


def test_on_a_day_in_the_past(dusty: Any) -> None:
	found = rows(dusty, date=ago(50), used_at_most="25")
	assert found[dusty.preform]["quantity"] == 900
	assert (found[dusty.preform]["last_issue"], found[dusty.preform]["idle_days"]) == (ago(90), 40)


def test_a_cancelled_sale_moved_nothing(dusty: Any) -> None:
	before = rows(dusty)
	dusty.sale(items=[dusty.line(dusty.cap, 1, 5)], date=ago(1)).submit().cancel()
	assert rows(dusty) == before


def test_all_warehouses_together(dusty: Any) -> None:
	dusty.transfer(100).submit()
	found = rows(dusty, warehouse=None, item=dusty.preform)[dusty.preform]
	assert (found["quantity"], found["value"], found["idle_days"]) == (850, 1700, 10)
	assert found["last_movement"] == nowdate()
	assert dusty.preform not in rows(dusty, warehouse=dusty.depot), "it came there today"


@pytest.mark.parametrize("user", ["viewer", "stock", "manager"])
def test_costs_are_for_who_may_see_them(dusty: Any, user: str) -> None:
	with as_user(user):
		run = Run(REPORT, warehouse=dusty.warehouse)
	assert bool(COSTS & {*run.columns, *run.keys()}) == (user != "viewer")
	assert ("Value Bound" in run.cards) == (user != "viewer")
	drawn = run.answer["chart"]["data"]["datasets"][0]["values"]
	assert sum(drawn) == (3 if user == "viewer" else Decimal(1920))


def sold_and_returned(factory: Any, on: int) -> None:
	"""50 preforms are sold on a day on which as many of an older sale come back, at the same price and cost."""
	lines = [factory.line(factory.preform, 50, 5)]
	old = factory.sale(items=lines, date=ago(120)).submit()
	factory.sale(items=lines, date=ago(on)).submit()
	back(old, {"item": factory.preform, "quantity": 50}, date=ago(on))


def test_what_came_back_on_the_same_day_hides_no_sale(dusty: Any) -> None:
	sold_and_returned(dusty, on=5)
	preform = rows(dusty)[dusty.preform]
	assert (preform["last_issue"], preform["idle_days"]) == (ago(5), 5)


def test_what_came_back_is_no_sale(dusty: Any) -> None:
	old = dusty.sale(items=[dusty.line(dusty.preform, 50, 5)], date=ago(120)).submit()
	back(old, {"item": dusty.preform, "quantity": 50}, date=ago(5))
	back(old_purchase(dusty), {"item": dusty.preform, "quantity": 1}, date=ago(4))
	preform = rows(dusty)[dusty.preform]
	assert (preform["last_issue"], preform["last_movement"]) == (ago(10), ago(4))


def old_purchase(factory: Any) -> Any:
	import frappe

	return frappe.get_last_doc("Bottle Purchase", {"supplier": factory.supplier, "docstatus": 1})


@pytest.fixture
def bought_again(factory: Any) -> Any:
	"""Jars bought 300 days ago and sold to the last 200 days ago, and bought again 70 days ago."""
	factory.jar = factory.item("JAR", "Sold")
	lines = [factory.line(factory.jar, 100, 7)]
	factory.purchase(items=lines, date=ago(300)).submit()
	factory.sale(items=lines, date=ago(200)).submit()
	factory.purchase(items=lines, date=ago(70)).submit()
	return factory


def test_what_was_used_up_lies_since_it_came_again(bought_again: Any) -> None:
	jar = rows(bought_again)[bought_again.jar]
	assert (jar["idle_days"], jar["age"], jar["last_issue"]) == (70, "61 to 90 days", ago(200))
	assert rows(bought_again, days=71) == {}, "it came within these days"
	assert rows(bought_again, date=ago(71)) == {}, "there was none"


def test_some_of_it_was_sold_since(bought_again: Any) -> None:
	bought_again.sale(items=[bought_again.line(bought_again.jar, 1, 9)], date=ago(65)).submit()
	assert rows(bought_again)[bought_again.jar]["idle_days"] == 65
	assert rows(bought_again, days=71) == {}, "what is left of it came within these days"


def test_what_was_never_gone_lies_on(bought_again: Any) -> None:
	bought_again.purchase(items=[bought_again.line(bought_again.jar, 1, 7)], date=ago(201)).submit()
	assert rows(bought_again)[bought_again.jar]["idle_days"] == 200
	assert [*rows(bought_again, days=150)] == [bought_again.jar]


def test_what_nobody_uses_lies_since_there_was_some(factory: Any) -> None:
	caps = [factory.line(factory.cap, 40, 0.5)]
	factory.purchase(items=caps, date=ago(300)).submit()
	factory.count({factory.cap: 0}, date=ago(150)).submit()
	factory.purchase(items=caps, date=ago(100)).submit()
	cap = rows(factory)[factory.cap]
	assert (cap["idle_days"], cap["last_issue"]) == (100, None)


def test_what_moves_to_another_warehouse_is_no_younger(dusty: Any) -> None:
	"""It is new there, not in the factory: neither when some of it moves, nor all."""
	for quantity, day in ((20, 30), (20, 20)):
		moved = [{"item": dusty.cap, "quantity": quantity}]
		dusty.transfer(items=moved, date=ago(day)).submit()
	cap = rows(dusty, warehouse=None, item=dusty.cap)[dusty.cap]
	assert (cap["quantity"], cap["idle_days"]) == (40, 200)
	assert rows(dusty, warehouse=dusty.depot, days=29)[dusty.cap]["idle_days"] == 30
	assert dusty.cap not in rows(dusty, warehouse=dusty.depot)
