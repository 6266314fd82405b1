"""Statements with a running balance, and what was outstanding by how late it was, to the cent and day."""

from __future__ import annotations

from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.errors import InvalidValueError
from tests.laws import assert_owed
from tests.reports import Run, as_user, places
from tests.scenarios.test_returns import back

MARCH = {"from_date": "2024-03-01", "to_date": "2024-03-31"}
APRIL = {"from_date": "2024-04-01", "to_date": "2024-04-30"}


@pytest.fixture
def spring(factory: Any) -> Any:
	"""Sold for 400 and 200 in March, paid 150 and 450 since, brought back for 80 and got 60 of that."""
	factory.bought = factory.purchase(
		items=[factory.line(factory.bottle, 300, 2)], date="2024-03-01", due_date="2024-03-15"
	).submit()
	factory.first = factory.sale(100, 4, date="2024-03-05").submit()
	factory.second = factory.sale(50, 4, date="2024-03-20").submit()
	factory.pay(factory.first, 150, date="2024-03-20", mode="UPI", transaction_ref="U-7")
	factory.pay(factory.first, 250, date="2024-04-02")
	factory.pay(factory.first, 999, date="2024-04-02", result="Failed", failure_reason="No funds")
	factory.pay(factory.second, 180, date="2024-04-10")
	factory.returned = back(factory.second, {"item": factory.bottle, "quantity": 20}, date="2024-04-15")
	factory.refund = factory.pay(factory.returned, 50, date="2024-04-20", mode="Bank")
	return factory


def statement(factory: Any, **filters: Any) -> Run:
	return Run("Bottle Customer Statement", **({"customer": factory.customer} | MARCH | filters))


def receivables(factory: Any, date: str, **filters: Any) -> Run:
	return Run("Bottle Receivables", **({"customer": factory.customer, "date": date} | filters))


def figures(run: Run, *fields: str) -> list[tuple[Any, ...]]:
	return [tuple(row.get(field) for field in fields) for row in run.rows]


def test_a_statement_runs_from_balance_to_balance(spring: Any) -> None:
	first, second = spring.first.name, spring.second.name
	march = statement(spring)
	assert figures(march, "what", "document", "charged", "settled", "balance")[:3] == [
		("Opening balance", None, None, None, 0),
		("Sale", first, 400, None, 400),
		("Sale", second, 200, None, 600),
	]
	assert march.rows[3]["details"] == f"for {first} · UPI · U-7"
	assert figures(march, "date", "what", "settled", "balance")[3:] == [
		("2024-03-20", "Payment", 150, 450),
		(None, "Closing balance", 150, 450),
	]
	april = statement(spring, **APRIL)
	assert figures(april, "date", "what", "charged", "settled", "balance") == [
		(None, "Opening balance", None, None, 450),
		("2024-04-02", "Payment", None, 250, 200),
		("2024-04-10", "Payment", None, 180, 20),
		("2024-04-15", "Return", None, 80, -60),
		("2024-04-20", "Refund", 50, None, -10),
		(None, "Closing balance", 50, 510, -10),
	]
	assert april.cards == {
		"Opening balance": 450,
		"Charged": 50,
		"Paid or credited": 510,
		"Closing balance": -10,
	}
	drawn = april.answer["chart"]["data"]
	assert drawn["datasets"][0]["values"] == [450, 200, 20, -60, -10]
	assert drawn["labels"][0] == "1 Apr 24"
	assert_owed(spring)


def test_a_cancelled_document_was_never_there(spring: Any) -> None:
	spring.refund.reload()
	spring.refund.cancel()
	assert statement(spring, **APRIL).rows[-1]["balance"] == -60
	assert places(receivables(spring, "2024-04-30").cards["To be refunded"]) == 60


def test_a_supplier_has_a_statement_too(spring: Any) -> None:
	spring.pay(spring.bought, 500, date="2024-04-01")
	run = Run("Bottle Supplier Statement", supplier=spring.supplier, **APRIL)
	assert figures(run, "what", "balance") == [
		("Opening balance", 600),
		("Payment", 100),
		("Closing balance", 100),
	]
	open_bills = Run("Bottle Payables", supplier=spring.supplier, date="2024-04-30")
	(bill,) = (row for row in open_bills.rows if row.get("bill"))
	assert (bill["bill"], bill["days_late"], bill["up_to_60"]) == (spring.bought.name, 46, 100)


@pytest.mark.parametrize(
	("date", "expected"),
	[
		("2024-03-04", {}),
		("2024-03-05", {"not_due": 400}),
		("2024-03-20", {"not_due": 450}),
		("2024-04-04", {"not_due": 200}),
		("2024-04-14", {"not_due": 20}),
		("2024-04-15", {"to_refund": -60}),
		("2024-04-20", {"to_refund": -10}),
	],
)
def test_what_was_outstanding_on_a_day(spring: Any, date: str, expected: dict[str, float]) -> None:
	rows = receivables(spring, date).rows
	total = {key: value for key, value in (rows[-1] if rows else {}).items() if value and key in PARTS}
	assert total == expected
	if rows:
		assert rows[-1]["outstanding"] == sum(expected.values())


PARTS = ("not_due", "up_to_30", "up_to_60", "up_to_90", "older", "to_refund")


def test_bills_stand_under_their_customer_by_how_late_they_are(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 300, 2)], date=add_days(nowdate(), -100)).submit()
	lateness = {"not_due": 0, "up_to_30": 30, "up_to_60": 31, "up_to_90": 90, "older": 91}
	bills = {
		part: factory.sale(
			1, 10 + days, date=add_days(nowdate(), -95), due_date=add_days(nowdate(), -days)
		).submit()
		for part, days in lateness.items()
	}
	other = factory.make("Bottle Customer", customer_name=f"Other {factory.tag}").name
	factory.sale(1, 7, customer=other).submit()
	run = receivables(factory, nowdate())
	head, *rows, total = run.rows
	assert (head["label"], head["indent"], head["outstanding"]) == (factory.customer, 0, 292)
	assert {row["bill"]: (row["indent"], row["days_late"]) for row in rows} == {
		bill.name: (1, lateness[part] or None) for part, bill in bills.items()
	}
	for part, days in lateness.items():
		assert (head[part], total[part]) == (10 + days, 10 + days)
		assert run.row(bill=bills[part].name)[part] == 10 + days
	assert (run.cards["Outstanding"], run.cards["Overdue"]) == (292, 282)
	drawn = run.answer["chart"]["data"]
	assert drawn["datasets"][0]["values"] == [10, 40, 41, 100, 101]
	assert drawn["labels"] == ["Not Due", "1–30", "31–60", "61–90", ">90"]
	assert head["since"] == add_days(nowdate(), -95)
	everybody = Run("Bottle Receivables").rows
	assert {factory.customer, other} <= {row.get("party") for row in everybody}


def test_filters_that_make_no_sense(factory: Any) -> None:
	nobody = Run("Bottle Customer Statement")
	assert (nobody.rows, "Choose whose" in nobody.answer["message"]) == ([], True)
	for wanted in ({"customer": "Nobody"}, {"customer": ["x"]}):
		with pytest.raises(InvalidValueError):
			Run("Bottle Customer Statement", **wanted)
	with pytest.raises(InvalidValueError):
		receivables(factory, "soon")


def test_sales_staff_see_what_is_theirs(spring: Any, db: Any) -> None:
	db.set_value("Bottle Sale", spring.first.name, "owner", "sales@bottle.test")
	with as_user("sales"):
		run = statement(spring, to_date="2024-04-30")
		assert [row["document"] for row in run.rows if row.get("doctype") == "Bottle Sale"] == [
			spring.first.name
		]
		assert run.rows[-1]["balance"] == 0
		assert "Only your own" in run.answer["message"]
		open_then = receivables(spring, "2024-03-31")
		assert [row["bill"] for row in open_then.rows if row.get("bill")] == [spring.first.name]
	with as_user("sales2"):
		assert len(statement(spring).rows) == 2
		assert receivables(spring, "2024-03-31").rows == []
