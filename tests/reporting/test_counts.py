"""Counts and transfers in the reports: what was found or missing is part of the result, what moved is not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.laws import assert_laws
from tests.reports import Run, places

APRIL = {"from_date": "2024-04-01", "to_date": "2024-04-30"}
RESULT = ("gained_value", "lost_value", "result")


@pytest.fixture
def april(factory: Any) -> Any:
	"""1000 preforms at 2.00 and 100 caps at 0.50 in March; in April 20 preforms sold, 30 missing, 4 caps found,
	and 500 preforms moved to the depot."""
	lines = [factory.line(factory.preform, 1000, 2), factory.line(factory.cap, 100, 0.5)]
	factory.purchase(items=lines, date="2024-03-30").submit()
	factory.sale(items=[factory.line(factory.preform, 20, 5)], date="2024-04-02").submit()
	factory.counted = factory.count({factory.preform: 950, factory.cap: 104}, date="2024-04-03").submit()
	factory.moved = factory.transfer(500, date="2024-04-04").submit()
	return factory


def profit_and_loss(factory: Any, **filters: Any) -> Run:
	return Run("Bottle Profit and Loss", **({"warehouse": factory.warehouse} | APRIL | filters))


def lines(run: Run, item: str | None = None) -> dict[str, Decimal]:
	return {
		row["line"]: places(row["total"]) for row in run.rows if row["item"] == item and row["line"] in RESULT
	}


def test_the_result_to_the_digit(april: Any) -> None:
	run = profit_and_loss(april)
	assert run.row(line="profit", item=None)["total"] == 60
	assert lines(run) == {"gained_value": 2, "lost_value": 60, "result": 2}
	assert lines(run, april.preform) == {"lost_value": 60, "result": 0}
	assert lines(run, april.cap) == {"gained_value": 2, "result": 2}
	assert run.cards["Profit after stock differences"] == 2
	assert run.cards["Gross profit"] == 60


def test_periods_and_warehouses(april: Any) -> None:
	run = profit_and_loss(april, from_date="2024-03-01", periodicity="Monthly")
	march, month = run.columns[1:3]
	row = run.row(line="lost_value", item=None)
	assert (row[march], row[month]) == (0, 60)
	assert profit_and_loss(april, warehouse=april.depot).rows == []


def test_where_nothing_differs_nothing_is_said(april: Any) -> None:
	april.counted.cancel()
	run = profit_and_loss(april)
	assert lines(run) == {}
	assert "Profit after stock differences" not in run.cards
	assert_laws(april)


def test_the_balance_says_what_came_in_and_went_out(april: Any) -> None:
	def row(item: str, warehouse: str) -> tuple[float, ...]:
		found = Run("Bottle Stock Balance", warehouse=warehouse, **APRIL).row(item=item)
		return tuple(found[name] for name in ("opening", "came_in", "went_out", "closing", "value"))

	assert row(april.preform, april.warehouse) == (1000, 0, 550, 450, 900)
	assert row(april.preform, april.depot) == (0, 500, 0, 500, 1000)
	assert row(april.cap, april.warehouse) == (100, 4, 0, 104, 52)
	assert_laws(april)
	assert_laws(april, april.depot)


@pytest.mark.parametrize("doctype", ["Bottle Stock Count", "Bottle Stock Transfer"])
def test_the_ledger_can_be_cut_to_them(april: Any, doctype: str) -> None:
	run = Run("Bottle Stock Ledger", warehouse=april.warehouse, voucher_type=doctype, **APRIL)
	doc = {"Bottle Stock Count": april.counted, "Bottle Stock Transfer": april.moved}[doctype]
	assert {row["voucher_no"] for row in run.rows} == {doc.name}
	moved = {row["item"]: (row["came_in"], row["went_out"]) for row in run.rows}
	assert (
		moved
		== {
			"Bottle Stock Count": {april.preform: (None, 30), april.cap: (4, None)},
			"Bottle Stock Transfer": {april.preform: (None, 500)},
		}[doctype]
	)
