"""Expenses: what they make of the profit, and what of them the blowing cost has covered already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import frappe
import pytest

from bottle_mfg.errors import ClosedPeriodError
from tests.reports import Run, as_user, places

REPORT = "Bottle Profit and Loss"
MAY = {"from_date": "2017-05-01", "to_date": "2017-06-30"}
EXPENSE, CATEGORY = "Bottle Expense", "Bottle Expense Category"


@pytest.fixture
def spring(factory: Any) -> Any:
	"""1000 preforms for 2000, blown at 0.50 into 1000 bottles; 100 sold for 400 in May, 50 for 300 in June."""
	factory.purchase(date="2017-05-01").submit()
	factory.blow(1000, 1000, date="2017-05-02", blow_cost_per_unit=0.5).submit()
	factory.sale(100, 4, date="2017-05-03").submit()
	factory.sale(50, 6, date="2017-06-01").submit()
	factory.rent = factory.make(CATEGORY, category_name=f"Rent {factory.tag}").name
	factory.power = factory.make(CATEGORY, category_name=f"Power {factory.tag}", covered_by_blow_cost=1).name
	return factory


def expense(category: str, amount: float, date: str, **values: Any) -> Any:
	made = {"doctype": EXPENSE, "category": category, "amount": amount, "date": date, **values}
	return frappe.get_doc(made).submit()


def figures(run: Run, line: str, category: str | None = None) -> list[Decimal]:
	"""What a line says of May, of June and of both."""
	row = run.row(line=line, item=None, category=category)
	return [places(row[column], 2) for column in (*run.columns[1:3], "total")]


def test_net_profit_and_what_the_blowing_cost_covers(spring: Any) -> None:
	expense(spring.rent, 30, "2017-05-31")
	expense(spring.rent, 30.25, "2017-06-30")
	expense(spring.power, 460, "2017-05-20")
	expense(spring.power, 12.5, "2017-06-20", covered_by_blow_cost=0)
	frappe.get_doc(
		{"doctype": EXPENSE, "category": spring.rent, "amount": 999, "date": "2017-05-05"}
	).insert()
	run = Run(REPORT, **MAY, periodicity="Monthly")
	assert figures(run, "profit") == [150, 175, 325]
	assert figures(run, "expenses") == [30, Decimal("42.75"), Decimal("72.75")]
	assert figures(run, "expenses", spring.rent) == [30, Decimal("30.25"), Decimal("60.25")]
	assert figures(run, "expenses", spring.power) == [0, Decimal("12.5"), Decimal("12.5")]
	assert figures(run, "net_profit") == [120, Decimal("132.25"), Decimal("252.25")]
	assert figures(run, "covered_expenses", spring.power) == [460, 0, 460]
	assert figures(run, "conversion_cost") == [500, 0, 500]
	assert figures(run, "over_absorbed") == [40, 0, 40]
	assert run.cards["Net profit"] == 252.25


def test_losses_of_a_count_come_before_the_net_profit(spring: Any) -> None:
	spring.count({spring.preform: 0, spring.bottle: 840}, date="2017-06-02").submit()
	expense(spring.rent, 25, "2017-06-02")
	run = Run(REPORT, **MAY)
	lost = places(run.row(line="lost_value", item=None)["total"], 2)
	assert lost == 25  # ten bottles at 2.50
	assert places(run.row(line="net_profit")["total"], 2) == run.cards["Net profit"] == 325 - 25 - 25
	order = [row["line"] for row in run.rows if not row["indent"]]
	wanted = ["profit", "lost_value", "result", "expenses", "net_profit"]
	assert [line for line in order if line in wanted] == wanted


def test_every_figure_is_the_sum_of_documents(spring: Any) -> None:
	for number in range(1, 20):
		expense(
			spring.rent if number % 3 else spring.power,
			round(number * 1.01, 2),
			f"2017-06-{number:02}",
			covered_by_blow_cost=number % 2,
		)
	run = Run(REPORT, **MAY, periodicity="Weekly")
	for line, covered in (("expenses", 0), ("covered_expenses", 1)):
		kept = frappe.get_all(
			EXPENSE,
			filters={
				"docstatus": 1,
				"date": ("between", list(MAY.values())),
				"covered_by_blow_cost": covered,
			},
			fields=["category", "amount"],
		)
		assert kept
		whole = sum(places(one.amount) for one in kept)
		row = run.row(line=line, category=None)
		assert places(row["total"]) == whole
		assert sum(places(row[week]) for week in run.columns[1:-1]) == whole
		for category in {one.category for one in kept}:
			part = sum(places(one.amount) for one in kept if one.category == category)
			assert places(run.row(line=line, category=category)["total"]) == part


def test_a_cancelled_expense_counts_no_more_and_is_amended(spring: Any) -> None:
	doc = expense(spring.rent, 70, "2017-05-10")
	doc.cancel()
	assert doc.status == "Cancelled"
	run = Run(REPORT, **MAY, periodicity="Monthly")
	assert figures(run, "expenses") == [0, 0, 0]
	again = expense(spring.rent, 60, "2017-05-10", amended_from=doc.name)
	assert again.name != doc.name
	run = Run(REPORT, **MAY, periodicity="Monthly")
	assert figures(run, "expenses", spring.rent) == [60, 0, 60]


@pytest.mark.parametrize("part", ["item", "warehouse"])
def test_expenses_are_of_the_whole_factory(spring: Any, part: str) -> None:
	expense(spring.rent, 70, "2017-05-10")
	run = Run(REPORT, **MAY, **{part: spring.bottle if part == "item" else spring.warehouse})
	assert not {"expenses", "net_profit"} & {row["line"] for row in run.rows}
	assert "Net profit" not in run.cards


@pytest.mark.parametrize("part", ["item", "warehouse"])
def test_who_sees_a_part_of_the_factory_sees_no_net_profit(spring: Any, part: str) -> None:
	"""What some goods earned, less the rent of all of them, is nobody's profit."""
	expense(spring.rent, 70, "2017-05-10")
	allow, name = {
		"item": ("Bottle Item", spring.bottle),
		"warehouse": ("Bottle Warehouse", spring.warehouse),
	}[part]
	with confined(spring, allow, name):
		run = Run(REPORT, **MAY)
	assert run.cards["Gross profit"] > 0
	assert not {"expenses", "net_profit"} & {row["line"] for row in run.rows}
	assert "Net profit" not in run.cards
	assert "left out" in run.answer["message"]


def test_who_sees_some_expenses_sees_them_but_no_net_profit(spring: Any) -> None:
	water = spring.make(CATEGORY, category_name=f"Water {spring.tag}").name
	for category, amount in ((spring.rent, 70), (water, 30)):
		expense(category, amount, "2017-05-10")
	with confined(spring, CATEGORY, water):
		run = Run(REPORT, **MAY)
	assert run.row(line="expenses", category=None)["total"] == 30
	assert "net_profit" not in {row["line"] for row in run.rows}
	assert "Net profit" not in run.cards


@contextmanager
def confined(spring: Any, allow: str, name: str) -> Iterator[None]:
	"""Be a manager who may see one record of a kind alone."""
	rule = spring.make("User Permission", user="manager@bottle.test", allow=allow, for_value=name)
	try:
		with as_user("manager"):
			yield
	finally:
		rule.delete()  # out of the cache, too, which no rollback empties


def test_the_category_says_whether_it_is_covered_unless_the_document_does(spring: Any) -> None:
	assert expense(spring.power, 1, "2017-05-10").covered_by_blow_cost == 1
	assert expense(spring.power, 1, "2017-05-10", covered_by_blow_cost=0).covered_by_blow_cost == 0
	assert expense(spring.rent, 1, "2017-05-10").covered_by_blow_cost == 0


def test_closed_periods_stay_as_they_are(spring: Any, db: Any) -> None:
	kept = expense(spring.rent, 70, "2017-05-10")
	settings = frappe.get_single("Bottle Mfg Settings")
	settings.closed_until = "2017-05-31"
	settings.save()
	with pytest.raises(ClosedPeriodError):
		kept.cancel()
	with pytest.raises(ClosedPeriodError):
		expense(spring.rent, 70, "2017-05-31")
	expense(spring.rent, 70, "2017-06-01")


def test_a_year_of_expenses_is_one_stretch_of_an_index(db: Any) -> None:
	plan = db.sql(
		"""explain select covered_by_blow_cost, category, `date`, sum(amount) from `tabBottle Expense`
		where docstatus = 1 and `date` between '2017-01-01' and '2017-12-31'
		group by covered_by_blow_cost, category, `date`""",
		as_dict=True,
	)
	assert plan[0].key == "profit_and_loss"
	assert "Using index" in plan[0].Extra
