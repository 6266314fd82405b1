"""Profit and loss: what was sold, what it had cost, what was earned."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
import pytest

from tests.reports import Run, add, places

REPORT = "Bottle Profit and Loss"
SPRING = {"from_date": "2024-03-01", "to_date": "2024-04-30"}


@pytest.fixture
def spring(factory: Any) -> Any:
	"""1000 preforms for 2000, blown at 0.50 into 950 bottles on 30 March; 100 sold in March, 50 in April."""
	factory.purchase(date="2024-03-30").submit()
	factory.blow(date="2024-03-30", blow_cost_per_unit=0.5).submit()
	factory.march = factory.sale(100, 4, date="2024-03-31").submit()
	factory.april = factory.sale(50, 6, date="2024-04-01").submit()
	return factory


def profit_and_loss(factory: Any, **filters: Any) -> Run:
	return Run(REPORT, **({"warehouse": factory.warehouse} | SPRING | filters))


def test_two_months_to_the_digit(spring: Any) -> None:
	run = profit_and_loss(spring, periodicity="Monthly")
	march, april = run.columns[1:3]
	expected = {
		"revenue": ("400", "300", "700"),
		"cost_of_goods": ("263.1579", "131.5789", "394.7368"),
		"profit": ("136.8421", "168.4211", "305.2632"),
		"margin": ("34.21", "56.14", "43.61"),
		"sold_quantity": ("100", "50", "150"),
		"produced_quantity": ("950", "0", "950"),
		"conversion_cost": ("500", "0", "500"),
	}
	for line, figures in expected.items():
		row = run.row(line=line, item=None)
		assert [places(row[column]) for column in (march, april, "total")] == list(map(Decimal, figures)), (
			line
		)


def test_items_explain_every_line(spring: Any) -> None:
	jar = spring.item("JAR", "Sold")
	spring.purchase(items=[spring.line(jar, 10, 150)], date="2024-04-02").submit()
	spring.sale(items=[spring.line(jar, 3, 200)], date="2024-04-02").submit()
	run = profit_and_loss(spring)
	for line in (
		"revenue",
		"cost_of_goods",
		"profit",
		"sold_quantity",
		"produced_quantity",
		"conversion_cost",
	):
		parts = [row for row in run.rows if row["line"] == line and row["item"]]
		assert add(parts, "total") == places(run.row(line=line, item=None)["total"]), line
	assert run.row(line="profit", item=jar)["total"] == 150
	assert not [row for row in run.rows if row["item"] == spring.preform]


def test_one_item_alone(spring: Any) -> None:
	jar = spring.item("JAR", "Sold")
	spring.purchase(items=[spring.line(jar, 10, 150)], date="2024-04-02").submit()
	spring.sale(items=[spring.line(jar, 3, 200)], date="2024-04-02").submit()
	assert profit_and_loss(spring, item=jar).cards["Sales"] == 600
	assert profit_and_loss(spring, item=spring.bottle).cards["Sales"] == 700


def test_cancel_is_never_entered(spring: Any) -> None:
	before = profit_and_loss(spring, periodicity="Daily").answer
	wrong = spring.sale(10, 9, date="2024-04-03").submit()
	assert profit_and_loss(spring, periodicity="Daily").answer["result"] != before["result"]
	wrong.cancel()
	after = profit_and_loss(spring, periodicity="Daily").answer
	assert after["result"] == before["result"]
	assert after["chart"] == before["chart"]


def test_figures_can_be_re_added(spring: Any) -> None:
	"""From the documents' lines and from the ledger, which the report does not read."""
	spring.sale(7, 5, date="2024-04-04").submit().cancel()
	spring.sale(33, 3.3333, date="2024-04-05").submit()
	run = profit_and_loss(spring, periodicity="Weekly")
	lines = frappe.get_all(
		"Bottle Sale Item",
		filters={"item": spring.bottle, "docstatus": 1},
		fields=["amount", "cost", "profit", "quantity"],
	)
	cost = -sum(
		Decimal(entry.value) for entry in spring.ledger(spring.bottle) if entry.voucher_no.startswith("SO-")
	)
	assert add(lines, "cost") == cost
	for line, field in (
		("revenue", "amount"),
		("cost_of_goods", "cost"),
		("profit", "profit"),
		("sold_quantity", "quantity"),
	):
		assert places(run.row(line=line, item=None)["total"]) == add(lines, field), line
		weeks = [{"week": run.row(line=line, item=None)[week]} for week in run.columns[1:-1]]
		assert add(weeks, "week") == add(lines, field), line


def test_cards_and_chart_say_the_same(spring: Any) -> None:
	run = profit_and_loss(spring, periodicity="Monthly")
	assert {name: places(card) for name, card in run.cards.items()} == {
		"Sales": Decimal(700),
		"Cost of goods sold": Decimal("394.7368"),
		"Gross profit": Decimal("305.2632"),
		"Margin": Decimal("43.61"),
	}
	series = {one["name"]: one["values"] for one in run.answer["chart"]["data"]["datasets"]}
	assert series["Sales"] == [400, 300]
	assert series["Gross profit"] == [136.8421, 168.4211]


def test_without_sales_there_is_no_margin(factory: Any) -> None:
	factory.purchase(date="2024-03-30").submit()
	factory.blow(date="2024-03-30").submit()
	run = profit_and_loss(factory)
	assert run.row(line="margin")["total"] is None
	assert run.row(line="profit")["total"] == 0
	assert run.row(line="produced_quantity", item=None)["total"] == 950


def test_nothing_happened(factory: Any) -> None:
	factory.purchase(date="2024-03-30").submit().cancel()
	run = profit_and_loss(factory)
	assert run.rows == []
	assert run.answer["chart"] is None


def by_line(run: Run, column: str = "total") -> dict[tuple[str, str | None], float | None]:
	return {(row["line"], row["item"]): row[column] for row in run.rows}


@pytest.mark.parametrize(
	("first", "last", "with_what", "begins", "ends"),
	[
		("2024-04-01", "2024-04-30", "Period before", "2024-03-01", "2024-03-31"),
		("2024-04-01", "2024-04-15", "Period before", "2024-03-01", "2024-03-15"),
		("2024-04-01", "2024-05-31", "Period before", "2024-02-01", "2024-03-31"),
		("2024-03-31", "2024-04-01", "Period before", "2024-03-29", "2024-03-30"),
		("2025-03-01", "2025-04-30", "Last year", "2024-03-01", "2024-04-30"),
	],
)
def test_compared_with_what_was_before(
	spring: Any, first: str, last: str, with_what: str, begins: str, ends: str
) -> None:
	run = profit_and_loss(spring, from_date=first, to_date=last, compare=with_what)
	now, then = (
		by_line(profit_and_loss(spring, from_date=start, to_date=end))
		for start, end in ((first, last), (begins, ends))
	)
	(before,) = (column for column in run.answer["columns"] if column["fieldname"] == "before")
	assert (before["from_date"], before["to_date"]) == (begins, ends)
	for column, alone in (("total", now), ("before", then)):
		told = {key: amount for key, amount in by_line(run, column).items() if amount}
		assert told == {key: amount for key, amount in alone.items() if amount}
	for row in run.rows:
		if row["total"] is not None and row["before"] is not None:
			assert places(row["change"]) == places(row["total"]) - places(row["before"])


def test_how_far_it_is_above_what_was_before(factory: Any) -> None:
	"""After a loss, too: a better month is up by so many percent, and a margin by so many points."""
	factory.purchase(1000, 2, date="2024-03-30").submit()
	for price, day in ((1, "2024-03-31"), (2.5, "2024-04-01")):
		factory.sale(items=[factory.line(factory.preform, 100, price)], date=day).submit()
	run = profit_and_loss(factory, from_date="2024-04-01", compare="Period before")
	for line, expected in (
		("revenue", (250, 100, 150, 150)),
		("cost_of_goods", (200, 200, 0, 0)),
		("profit", (50, -100, 150, 150)),
		("margin", (20, -100, 120, None)),
		("produced_quantity", (0, 0, 0, None)),
	):
		row = run.row(line=line, item=None)
		assert tuple(row[one] for one in ("total", "before", "change", "change_percent")) == expected, line


def test_quarters_and_years_begin_where_the_settings_say(spring: Any, db: Any) -> None:
	settings = frappe.get_doc("Bottle Mfg Settings")
	for month, quarters, years in (
		("January", ["Feb – Mar 2024", "Apr 2024"], []),
		("April", ["Feb – Mar 2024", "Apr 2024"], ["Feb – Mar 2024", "Apr 2024"]),
		("March", ["Feb 2024", "Mar – Apr 2024"], ["Feb 2024", "Mar – Apr 2024"]),
	):
		settings.financial_year_starts = month
		settings.save()
		for periodicity, expected in (("Quarterly", quarters), ("Yearly", years)):
			run = profit_and_loss(spring, from_date="2024-02-01", periodicity=periodicity)
			columns = run.answer["columns"][1:-1]
			assert [column["label"] for column in columns] == expected
			row = run.row(line="profit", item=None)
			if columns:
				assert sum(places(row[column["fieldname"]]) for column in columns) == places(row["total"])
	run = profit_and_loss(spring, from_date="2023-01-01", to_date="2024-12-31", periodicity="Yearly")
	assert run.answer["columns"][2]["label"] == "Mar 2023 – Feb 2024"
