"""Many who pay the same bills at once: never more than is outstanding, and nobody waits in a circle."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from frappe.utils import add_days, nowdate

from bottle_mfg.payments import overdue
from bottle_mfg.posting.recount import verify
from tests.concurrency.test_posting_at_once import submits
from tests.concurrency.test_returns_at_once import draft
from tests.laws import assert_laws, assert_owed

Run = Callable[[list[tuple[str, str, str]]], list[str]]


def sold(factory: Any, quantity: float, **values: Any) -> Any:
	"""Bottles for 4.00 each."""
	lines = [factory.line(factory.bottle, quantity, 2)]
	factory.purchase(items=lines, **values).submit()
	return factory.sale(quantity, 4, **values).submit()


def drafts(factory: Any, bill: Any, amounts: list[Any]) -> list[Any]:
	return [factory.payment(bill, amount).insert() for amount in amounts]


def test_one_bill_is_never_over_paid(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 25)
	outcomes = at_once(submits(drafts(factory, sale, ["7.35"] * 20)))
	assert Counter(outcomes) == {"done": 13, "over_payment": 7}
	sale.reload()
	assert (sale.paid_amount, sale.outstanding_amount, sale.payment_status) == (95.55, 4.45, "Partial")
	assert_owed(factory)


def test_made_and_submitted_in_one_go_each_has_a_number_of_its_own(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 5)
	payment = {**factory.payment(sale, 1).as_dict(), "docstatus": 1}
	text = json.dumps(payment, default=str)
	assert Counter(at_once([("insert", "Bottle Payment", text)] * 24)) == {"done": 20, "over_payment": 4}
	assert_owed(factory)


def test_payments_and_cancels_of_payments(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 10)
	paid = [factory.pay(sale, 4) for _ in range(10)]
	cancels = [("cancel", one.doctype, one.name) for one in paid[:5]]
	outcomes = at_once([*cancels, *submits(drafts(factory, sale, [2] * 11))])
	assert outcomes[:5] == ["done"] * 5
	assert set(outcomes[5:]) <= {"done", "over_payment"}
	sale.reload()
	assert sale.paid_amount == 20 + 2 * outcomes[5:].count("done")
	assert_owed(factory)


def test_a_bill_is_paid_or_cancelled(factory: Any, at_once: Run) -> None:
	for _ in range(4):
		sale = sold(factory, 5)
		payments = drafts(factory, sale, [20] * 7)
		outcomes = at_once([("cancel", sale.doctype, sale.name), *submits(payments)])
		sale.reload()
		if outcomes[0] == "done":
			assert (sale.docstatus, Counter(outcomes[1:])) == (2, {"invalid_value": 7})
		else:
			assert (outcomes[0], sale.docstatus, sale.paid_amount) == ("has_payments", 1, 20)
			assert Counter(outcomes[1:]) == {"done": 1, "over_payment": 6}
	assert_owed(factory)


def test_sales_are_paid_while_a_late_bill_changes_what_they_cost(factory: Any, at_once: Run) -> None:
	"""A replay holds balances when it rewrites the sales; a payment holds its sale, and wants no balance."""
	days = [{"date": add_days(nowdate(), -ago)} for ago in (9, 5)]
	lines = [factory.line(factory.bottle, 500, 2)]
	factory.purchase(items=lines, **days[0]).submit()
	sales = [factory.sale(2, 4, date=add_days(nowdate(), -3)).submit() for _ in range(12)]
	late = [
		factory.purchase(items=[factory.line(factory.bottle, 100, 3 + number)], **days[1])
		for number in range(6)
	]
	payments = [one for sale in sales for one in drafts(factory, sale, [5, 5])]
	outcomes = at_once(submits([*late[:3], *payments[:12], *late[3:], *payments[12:]]))
	assert Counter(outcomes) == {"done": 6 + 12, "over_payment": 12}
	for sale in sales:
		sale.reload()
	assert [(sale.paid_amount, sale.outstanding_amount) for sale in sales] == [(5, 3)] * 12
	assert max(sale.cost_of_goods for sale in sales) > 4
	assert_laws(factory)
	assert_owed(factory)
	names = {factory.tag, *(sale.name for sale in sales)}
	assert [one for one in verify() if any(name in str(one.name) for name in names)] == []


def test_goods_come_back_while_the_bill_is_paid_and_refunded(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 20)
	paid = factory.pay(sale, 10)
	backs = [draft(sale, 2) for _ in range(8)]
	cancel = [("cancel", paid.doctype, paid.name)]
	outcomes = at_once([*submits(backs), *submits(drafts(factory, sale, [9] * 8)), *cancel])
	assert outcomes[:8] == ["done"] * 8
	assert outcomes[-1] == "done"
	assert set(outcomes[8:-1]) <= {"done", "over_payment"}
	assert_owed(factory)
	refunds = []
	for back in backs:
		back.reload()
		if back.outstanding_amount:
			refunds += drafts(factory, back, [-back.outstanding_amount] * 2)
	cancels = [("cancel", one.doctype, one.name) for one in backs]
	outcomes = at_once([*submits(refunds), *cancels])
	assert set(outcomes) <= {"done", "over_payment", "has_payments", "invalid_value"}
	assert_owed(factory)


def test_bills_become_overdue_while_they_are_paid(factory: Any, at_once: Run, db: Any) -> None:
	sales = [sold(factory, 1) for _ in range(8)]
	for sale in sales:
		values = {"due_date": add_days(nowdate(), -1), "payment_status": "Pending"}
		db.set_value("Bottle Sale", sale.name, values)
	payments = [one for sale in sales for one in drafts(factory, sale, [1, 1, 1, 1])]
	marks = [("run", "", "bottle_mfg.payments.overdue.mark")] * 4
	outcomes = at_once([*marks, *submits(payments)])
	assert Counter(outcomes) == {"done": 36}
	for sale in sales:
		sale.reload()
		assert (sale.paid_amount, sale.payment_status) == (4, "Paid")
	assert overdue.mark() == 0
	assert_owed(factory)
