"""Stock balance and stock ledger: what there is, and how it came to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
import pytest

from tests.reports import Run, add, as_user, places

BALANCE, LEDGER = "Bottle Stock Balance", "Bottle Stock Ledger"
SPRING = {"from_date": "2024-03-01", "to_date": "2024-04-30"}
APRIL = {"from_date": "2024-04-01", "to_date": "2024-04-30"}
COSTS = {"unit_cost", "value", "balance_value", "balance_unit_cost"}


@pytest.fixture
def spring(factory: Any) -> Any:
	"""Bought and blown in March (2.6316 a bottle), 100 sold in March, 50 in April."""
	factory.bought = factory.purchase(date="2024-03-30").submit()
	factory.blown = factory.blow(600, 570, date="2024-03-30", blow_cost_per_unit=0.5).submit()
	factory.march = factory.sale(100, 4, date="2024-03-31").submit()
	factory.april = factory.sale(50, 6, date="2024-04-01").submit()
	return factory


def balance(factory: Any, **filters: Any) -> Run:
	return Run(BALANCE, **({"warehouse": factory.warehouse} | SPRING | filters))


def ledger(factory: Any, **filters: Any) -> Run:
	return Run(LEDGER, **({"warehouse": factory.warehouse, "order": "Oldest first"} | SPRING | filters))


def test_balance_of_a_month_to_the_digit(spring: Any) -> None:
	bottle = balance(spring, **APRIL).row(item=spring.bottle)
	assert (bottle["opening"], bottle["came_in"], bottle["went_out"], bottle["closing"]) == (470, 0, 50, 420)
	assert places(bottle["value"]) == Decimal("1105.2632")
	assert places(bottle["unit_cost"]) == Decimal("2.6316")
	preform = balance(spring).row(item=spring.preform)
	assert (preform["opening"], preform["came_in"], preform["went_out"], preform["closing"]) == (
		0,
		1000,
		600,
		400,
	)
	assert preform["value"] == 800


def test_balance_of_a_day_in_the_past(spring: Any) -> None:
	assert balance(spring, to_date="2024-03-30").row(item=spring.bottle)["closing"] == 570
	assert balance(spring, to_date="2024-03-31").row(item=spring.bottle)["closing"] == 470
	spring.sale(9, 4, date="2024-03-31", posting_time=spring.march.posting_time).submit()
	assert balance(spring, to_date="2024-03-31").row(item=spring.bottle)["closing"] == 461
	assert balance(spring, **APRIL).row(item=spring.bottle)["opening"] == 461, "of two at once the last"
	assert balance(spring, from_date="2024-01-01", to_date="2024-03-29").rows == []


def test_balance_is_bottle_stock_and_adds_up(spring: Any) -> None:
	spring.sale(11, 5, date="2024-04-02").submit().cancel()
	rows = balance(spring).rows
	for row in rows[:-1]:
		assert places(row["opening"] + row["came_in"] - row["went_out"]) == places(row["closing"])
		assert (places(row["closing"]), places(row["value"])) == spring.stock(row["item"])
	assert places(rows[-1]["value"]) == add(rows[:-1], "value")
	assert "closing" not in rows[-1], "preforms and bottles have no sum"


def test_balance_of_what_was_cancelled_is_no_row(spring: Any) -> None:
	spring.purchase(items=[spring.line(spring.cap, 10, 1)], date="2024-03-30").submit().cancel()
	assert not [row for row in balance(spring).rows if row.get("item") == spring.cap]


def test_balance_adds_quantities_of_one_kind(spring: Any) -> None:
	total = balance(spring, item_type="Bottle").rows[-1]
	assert (total["came_in"], total["went_out"], total["closing"]) == (570, 150, 420)


def test_balance_marks_what_runs_low(spring: Any) -> None:
	frappe.db.set_value("Bottle Item", spring.bottle, "reorder_level", 420)
	frappe.db.set_value("Bottle Item", spring.cap, "reorder_level", 1)
	frappe.db.set_value("Bottle Item", spring.preform, "reorder_level", 399)
	assert balance(spring).row(item=spring.bottle)["alarm"] == "Low"
	assert balance(spring).row(item=spring.preform)["alarm"] == ""
	assert (
		Run(BALANCE, item=spring.cap, hide_zero=1, **SPRING).row(item=spring.cap)["alarm"] == "Out of stock"
	)


def test_balance_of_one_item_is_its_part_of_all(spring: Any) -> None:
	spring.purchase(warehouse=spring.depot, date="2024-04-02").submit()
	frappe.db.set_value("Bottle Item", spring.cap, "reorder_level", 1)
	everything = Run(BALANCE, **SPRING)
	for item, count in ((spring.preform, 2), (spring.bottle, 1), (spring.cap, 1)):
		rows = [row for row in everything.rows if row.get("item") == item]
		assert len(rows) == count
		one = Run(BALANCE, item=item, **SPRING)
		assert [row for row in one.rows if row.get("item")] == rows
		assert one.cards["Stock Value"] == sum(row["value"] for row in rows)


def test_balance_hides_what_is_gone(spring: Any) -> None:
	spring.sale(420, 4, date="2024-04-03").submit()
	assert balance(spring).row(item=spring.bottle)["closing"] == 0
	assert not [row for row in balance(spring, hide_zero=1).rows if row.get("item") == spring.bottle]


def test_ledger_runs_from_opening_to_balance(spring: Any) -> None:
	rows = ledger(spring, item=spring.bottle, **APRIL).rows
	assert [row["balance_quantity"] for row in rows] == [470, 420]
	assert rows[0]["state"] == "Opening"
	assert places(rows[0]["balance_value"]) == Decimal("1236.8421")
	assert rows[1]["voucher_no"] == spring.april.name
	assert rows[1]["voucher_type"] == "Bottle Sale"
	assert places(rows[1]["value"]) == Decimal("-131.5789")
	assert [places(rows[1][one]) for one in ("unit_cost", "balance_unit_cost")] == [Decimal("2.6316")] * 2
	assert (rows[1]["came_in"], rows[1]["went_out"]) == (None, 50)


def test_ledger_of_days_takes_both_ends(spring: Any) -> None:
	def days(first: str, last: str) -> list[str]:
		return [row["voucher_no"] for row in ledger(spring, from_date=first, to_date=last).rows]

	assert days("2024-03-31", "2024-04-01") == [spring.march.name, spring.april.name]
	assert days("2024-03-31", "2024-03-31") == [spring.march.name]
	assert days("2024-04-01", "2024-04-01") == [spring.april.name]


def test_ledger_rows_add_up_to_the_balance(spring: Any) -> None:
	for item in (spring.preform, spring.bottle):
		rows = ledger(spring, item=item).rows
		quantity, value = spring.stock(item)
		assert add(rows, "came_in") - add(rows, "went_out") == quantity
		assert add(rows, "value") == value
		assert (places(rows[-1]["balance_quantity"]), places(rows[-1]["balance_value"])) == (quantity, value)


def test_ledger_newest_first(spring: Any) -> None:
	oldest = ledger(spring).rows
	assert ledger(spring, order="Newest first").rows == oldest[::-1]
	assert ledger(spring, item=spring.bottle, order="Newest first", **APRIL).rows[-1]["state"] == "Opening"


def test_ledger_draws_the_stock_and_says_what_changed(spring: Any) -> None:
	run = ledger(spring, item=spring.bottle, from_date="2024-03-30", to_date="2024-04-02")
	assert run.answer["chart"]["data"]["datasets"][0]["values"] == [570, 470, 420, 420]
	assert (run.cards["In Stock Before"], run.cards["Change"], run.cards["In Stock"]) == (0, 420, 420)
	assert places(run.cards["Stock Value"]) == spring.stock(spring.bottle)[1]
	all_items = ledger(spring, **APRIL)
	assert places(all_items.cards["Change in Value"]) == Decimal("-131.5789")
	assert places(all_items.answer["chart"]["data"]["datasets"][0]["values"][-1]) == places(
		all_items.cards["Stock Value"]
	)
	assert ledger(spring, voucher_no=spring.april.name).answer["chart"] is None


def test_ledger_shows_cancelled_entries_only_when_asked(spring: Any) -> None:
	before = ledger(spring, item=spring.bottle).rows
	wrong = spring.sale(5, 4, date="2024-04-02").submit()
	wrong.cancel()
	assert ledger(spring, item=spring.bottle).rows == before
	asked = ledger(spring, item=spring.bottle, include_cancelled=1)
	cancelled = asked.row(voucher_no=wrong.name)
	assert (asked.headings["state"], cancelled["state"]) == ("Status", "Cancelled")
	assert "balance_quantity" not in cancelled


def test_ledger_of_one_document(spring: Any) -> None:
	run = ledger(spring, voucher_no=spring.blown.name, from_date="2026-01-01", to_date="2026-01-31")
	assert [(row["item"], row["went_out"], row["came_in"]) for row in run.rows] == [
		(spring.preform, 600, None),
		(spring.bottle, None, 570),
	]
	assert ledger(spring, voucher_type="Blow").rows == run.rows


def test_ledger_comes_in_pages(spring: Any) -> None:
	whole = ledger(spring).rows
	assert len(whole) == 5
	first, second, third = (ledger(spring, rows=2, page=page) for page in (1, 2, 3))
	assert first.rows + second.rows + third.rows == whole
	assert (
		first.answer["message"].startswith("Entries 1 to 2. <a") and "Previous" not in first.answer["message"]
	)
	assert third.answer["message"].startswith("Entries 5 to 5. <a") and "Next" not in third.answer["message"]
	assert ledger(spring, rows=2, page=4).answer["message"].startswith("There are no entries on page 4. <a")


@pytest.mark.parametrize(
	("filters", "index"),
	[
		({}, "posting_order"),
		({"item": True}, "ledger_order"),
		({"item": True, "warehouse": True}, "ledger_order"),
		({"warehouse": True}, "posting_order"),
	],
)
def test_ledger_follows_an_index(spring: Any, monkeypatch: Any, filters: dict[str, Any], index: str) -> None:
	statements: list[str] = []
	sql = frappe.db.sql

	def listen(query: Any, *args: Any, **kwargs: Any) -> Any:
		answer = sql(query, *args, **kwargs)
		if "limit %s offset %s" in str(query):
			statements.append(str(frappe.db.last_query))
		return answer

	monkeypatch.setattr(frappe.db, "sql", listen)
	chosen = {key: getattr(spring, {"item": "bottle", "warehouse": "warehouse"}[key]) for key in filters}
	# Of a day: where most entries lie within the days, reading them all is the right plan.
	Run(LEDGER, from_date="2024-04-01", to_date="2024-04-01", **chosen)
	(plan,) = sql("explain " + statements[-1], as_dict=True)
	assert plan["key"] == index
	assert plan["type"] == "range"


@pytest.mark.parametrize("user", ["viewer", "stock", "manager"])
def test_costs_are_for_who_may_see_them(spring: Any, user: str) -> None:
	with as_user(user):
		runs = [balance(spring), ledger(spring, item=spring.bottle)]
	for run in runs:
		assert bool(COSTS & {*run.columns, *run.keys()}) == (user != "viewer")
		assert run.rows
	assert ("Stock Value" in runs[0].cards) == (user != "viewer")
	for run in runs:
		(drawn,) = run.answer["chart"]["data"]["datasets"]
		assert (drawn["name"] == "Stock Value") == (user != "viewer" and run is runs[0])


def test_sales_staff_see_what_there_is_and_no_movement(spring: Any) -> None:
	with as_user("sales"):
		run = balance(spring, to_date="2024-03-31")
	assert run.row(item=spring.bottle)["closing"] == 420, (
		"today's, not that day's: no telling what others sold"
	)
	assert not (COSTS | {"opening", "came_in", "went_out"}) & {*run.columns, *run.keys()}


def test_user_permissions_confine_the_sums(spring: Any) -> None:
	other = spring.make("Bottle Warehouse", warehouse_name=f"Other {spring.tag}").name
	permission = spring.make(
		"User Permission", user="stock@bottle.test", allow="Bottle Warehouse", for_value=other
	)
	try:
		with as_user("stock"):
			assert Run(BALANCE, item=spring.bottle, **SPRING).rows == []
			assert Run(LEDGER, item=spring.bottle, **SPRING).rows == []
	finally:
		permission.delete()  # out of the cache, too, which no rollback empties
