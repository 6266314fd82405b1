"""What comes back, and what a blow uses beside preforms, in every report: all can be added up again."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest

from bottle_mfg.api.v1 import make_return
from tests.laws import assert_laws
from tests.reports import Run, add, as_user, places

SPRING = {"from_date": "2024-03-01", "to_date": "2024-04-30"}
APRIL = {"from_date": "2024-04-01", "to_date": "2024-04-30"}


def back(original: Any, quantity: float, **values: Any) -> Any:
	draft = frappe.get_doc(make_return(original.doctype, original.name))
	draft.items[0].quantity = quantity
	draft.update(values)
	return draft.insert().submit()


@pytest.fixture
def spring(factory: Any) -> Any:
	"""In March 1000 preforms at 2.00, some dear ones, 950 bottles with caps and regrind, 100 of them sold.

	In April 30 of these came back, and of the dear preforms more went back than the stock was worth.
	"""
	factory.regrind = factory.item("REG", "Consumable", uom="kg")
	factory.purchase(1000, 2, date="2024-03-01").submit()
	factory.purchase(items=[factory.line(factory.cap, 1000, "0.25")], date="2024-03-01").submit()
	materials = [
		{"item": factory.cap, "quantity": 950},
		{"item": factory.regrind, "quantity": 1.2, "kind": "By-product", "rate": 80},
	]
	factory.blow(1000, 950, date="2024-03-02", blow_cost_per_unit="0.5", materials=materials).submit()
	factory.sold = factory.sale(100, 4, date="2024-03-31").submit()
	dear = factory.purchase(10, 9, date="2024-04-01").submit()
	factory.sale(items=[factory.line(factory.preform, 9, 12)], date="2024-04-01").submit()
	factory.purchase(9, 1, date="2024-04-01").submit()
	factory.given_back = back(dear, 5, date="2024-04-02")
	factory.brought_back = back(factory.sold, 30, date="2024-04-03")
	assert_laws(factory)
	return factory


def run(report: str, factory: Any, **filters: Any) -> Run:
	return Run(report, **({"warehouse": factory.warehouse} | SPRING | filters))


def test_profit_and_loss(spring: Any) -> None:
	found = run("Bottle Profit and Loss", spring, item=spring.bottle, **APRIL)
	cost = D("83.4158")  # 30 of 950 that cost 2641.50
	expected = {"revenue": -120, "cost_of_goods": -cost, "profit": cost - 120, "sold_quantity": -30}
	for line, figure in expected.items():
		assert places(found.row(line=line, item=None)["total"]) == figure
	whole = run("Bottle Profit and Loss", spring)
	assert places(whole.row(line="return_difference", item=None)["total"]) == D(
		str(spring.given_back.return_difference)
	)
	assert places(whole.row(line="return_difference", item=spring.preform)["total"]) == 27
	profit, result = (whole.row(line=line, item=None)["total"] for line in ("profit", "result"))
	assert places(result) == places(profit) + 27
	sales = frappe.get_all(
		"Bottle Sale", {"warehouse": spring.warehouse, "docstatus": 1}, ["profit", "total_price"]
	)
	assert places(profit) == add(sales, "profit")
	assert places(whole.row(line="revenue", item=None)["total"]) == add(sales, "total_price")


def test_stock_balance_and_ledger(spring: Any) -> None:
	for item in (spring.preform, spring.bottle, spring.cap, spring.regrind):
		row = run("Bottle Stock Balance", spring).row(item=item)
		assert row["opening"] + row["came_in"] - row["went_out"] == pytest.approx(row["closing"])
		assert (places(row["closing"], 3), places(row["value"])) == spring.stock(item)
		entries = run("Bottle Stock Ledger", spring, item=item, order="Oldest first").rows[-1]
		assert (entries["balance_quantity"], entries["balance_value"]) == (row["closing"], row["value"])
	came_back = run("Bottle Stock Ledger", spring, voucher_no=spring.brought_back.name).row(
		item=spring.bottle
	)
	assert (came_back["came_in"], places(came_back["value"])) == (30, D("83.4158"))
	went_back = run("Bottle Stock Ledger", spring, voucher_no=spring.given_back.name).row(item=spring.preform)
	assert (went_back["went_out"], places(went_back["value"])) == (5, -18)


def test_production(spring: Any) -> None:
	found = run("Bottle Production", spring)
	[row] = [row for row in found.rows if row.get("runs") and not row.get("bold")]
	parts = [places(row[name]) for name in ("material_cost", "conversion_cost", "scrap_credit", "total_cost")]
	assert parts == [D("2237.5"), 500, -96, D("2641.5")]
	assert sum(parts[:3]) == parts[3]
	assert "scrap_credit" in found.columns
	with as_user("viewer"):
		shown = run("Bottle Production", spring)
	assert "scrap_credit" not in {key for row in shown.rows for key in row}


def test_no_column_for_by_products_that_there_are_not(factory: Any) -> None:
	factory.purchase(date="2024-03-01").submit()
	factory.blow(date="2024-03-01").submit()
	assert "scrap_credit" not in run("Bottle Production", factory).columns
