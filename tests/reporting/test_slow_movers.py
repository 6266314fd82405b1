"""Slow movers: what lies, for how long, and what is bound in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from tests.reports import Run, as_user, places

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
