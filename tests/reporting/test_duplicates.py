"""Bottle Possible Duplicates: which documents it names, and why."""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from bottle_mfg.patches.v1_0 import fill_bill_keys
from tests.reports import Run, as_user

REPORT = "Bottle Possible Duplicates"
MAY = {"from_date": "2016-05-01", "to_date": "2016-05-31"}
SAME = "same party, amount and items"


def found(tag: str, **filters: Any) -> dict[tuple[str, str], str]:
	"""Why, by the later and the earlier document, of the pairs of a factory."""
	run = Run(REPORT, **(MAY | filters))
	return {(row["later"], row["earlier"]): row["why"] for row in run.rows if tag in row["party"]}


def test_documents_a_few_days_apart(factory: Any) -> None:
	first = factory.purchase(supplier_bill_no="1", date="2016-04-29").submit()
	second = factory.purchase(supplier_bill_no="2", date="2016-05-02")
	factory.purchase(supplier_bill_no="3", date="2016-05-02", other_charges=1)
	cap = [factory.line(factory.cap, 1000, 2)]
	factory.purchase(supplier_bill_no="4", date="2016-05-02", items=cap)
	gone = factory.purchase(supplier_bill_no="5", date="2016-05-02").submit()
	gone.cancel()
	assert found(factory.tag) == {(second.name, first.name): SAME}
	assert found(factory.tag, days_apart=2) == {}
	assert found(factory.tag, document_type="Bottle Sale") == {}
	assert found(factory.tag, from_date="2016-04-01", to_date="2016-04-30") == {}


def test_payments_and_their_references(factory: Any) -> None:
	factory.purchase(date="2016-05-01").submit()
	factory.blow(date="2016-05-01").submit()
	sale = factory.sale(date="2016-05-02").submit()

	def pay(amount: float, date: str, **values: Any) -> str:
		bill = {"reference_type": "Bottle Sale", "reference_name": sale.name}
		return factory.make("Bottle Payment", amount=amount, date=date, **bill, **values).submit().name

	one = pay(100, "2016-05-03", transaction_ref="UTR 1")
	two = pay(100, "2016-05-05", transaction_ref="UTR 2")
	three = pay(50, "2016-05-20", transaction_ref="UTR 1")
	pay(100, "2016-05-05", result="Failed", failure_reason="bounced")
	assert found(factory.tag) == {
		(two, one): "same party and amount",
		(three, one): "same transaction reference",
	}


def test_expenses(factory: Any) -> None:
	category = factory.make("Bottle Expense Category", category_name=f"Rent {factory.tag}").name

	def spend(**values: Any) -> str:
		usual = {"category": category, "amount": 70, "date": "2016-05-03", "payee": "Estates"}
		return factory.make("Bottle Expense", **(usual | values)).submit().name

	one = spend()
	spend(payee="Others")
	spend(amount=71)
	two = spend(date="2016-05-04")
	assert found(factory.tag) == {(two, one): "same category, payee and amount"}


def test_bills_that_were_entered_twice_before(factory: Any, db: Any) -> None:
	"""As the version before left them: without a key, and the same number on several."""
	lines = [[factory.line(factory.preform, quantity, 2)] for quantity in (1, 2, 3, 4)]
	names = [
		factory.purchase(supplier_bill_no=number, date=f"2016-05-0{day}", items=items).submit().name
		for day, number, items in zip((1, 2, 3, 4), ("A 1", "B", "C", "D"), lines, strict=True)
	]
	db.sql("update `tabBottle Purchase` set bill_key = null where name in %s", (names,))
	for name, number in zip(names[1:3], ("a1", "A1"), strict=True):
		db.sql("update `tabBottle Purchase` set supplier_bill_no = %s where name = %s", (number, name))
	for _again in range(2):
		fill_bill_keys.execute()
		kept = [db.get_value("Bottle Purchase", name, "bill_key") for name in names]
		assert kept == ["a1", None, None, "d"]
	twice = {(name, names[0]): "same bill number" for name in names[1:3]}
	assert found(factory.tag) == twice
	frappe.get_doc("Bottle Purchase", names[1]).cancel()  # which its empty key is not in the way of


@pytest.mark.parametrize("person", ["stock", "sales", "viewer"])
def test_it_is_the_managers(factory: Any, person: str) -> None:
	with as_user(person), pytest.raises(frappe.PermissionError):
		Run(REPORT, **MAY)
