"""Money that comes in and goes out for bills: what is paid, what is outstanding, what failed, what is given back."""

from __future__ import annotations

from typing import Any

import pytest
from frappe.utils import add_days, getdate, nowdate

from bottle_mfg.errors import (
	ClosedPeriodError,
	HasPaymentsError,
	HasReturnsError,
	InvalidValueError,
	NotFoundError,
	OverPaymentError,
)
from bottle_mfg.posting.recount import rebuild, verify
from tests.laws import assert_owed
from tests.scenarios.test_returns import back, faults


@pytest.fixture
def sale(factory: Any) -> Any:
	"""100 bottles at 4.00: 400.00, due in 30 days."""
	factory.purchase(items=[factory.line(factory.bottle, 300, 2)]).submit()
	return factory.sale(100, 4).submit()


def owed(bill: Any) -> tuple[float, float, float, str]:
	"""What a bill says: (paid, credited, outstanding, status)."""
	again(bill)
	return bill.paid_amount, bill.credited_amount, bill.outstanding_amount, bill.payment_status


def again(doc: Any) -> Any:
	"""The document as it is by now."""
	doc.reload()
	return doc


def test_a_bill_is_paid_in_parts(factory: Any, sale: Any) -> None:
	assert owed(sale) == (0, 0, 400, "Pending")
	first = factory.pay(sale, "150.50", mode="UPI", transaction_ref="UPI-1")
	assert (first.direction, first.party_type, first.party) == (
		"Receive",
		"Bottle Customer",
		factory.customer,
	)
	assert (first.name[:4], str(first.date), first.result) == ("PAY-", nowdate(), "Completed")
	assert owed(sale) == (150.5, 0, 249.5, "Partial")
	second = factory.pay(sale, "249.50")
	assert owed(sale) == (400, 0, 0, "Paid")
	assert_owed(factory)
	second.cancel()
	assert owed(sale) == (150.5, 0, 249.5, "Partial")
	first.cancel()
	assert owed(sale) == (0, 0, 400, "Pending")
	assert_owed(factory)


def test_tenths_add_up_exactly(factory: Any, sale: Any) -> None:
	for _ in range(10):
		factory.pay(sale, "0.10")
	assert owed(sale)[:3] == (1, 0, 399)
	with pytest.raises(OverPaymentError):
		factory.pay(sale, "399.01")
	factory.pay(sale, 399)
	assert owed(sale) == (400, 0, 0, "Paid")


def test_never_more_than_is_outstanding(factory: Any, sale: Any) -> None:
	factory.pay(sale, 390)
	with pytest.raises(OverPaymentError, match=r"10 of SO-.* is outstanding, not 10\.01") as refused:
		factory.pay(sale, "10.01")
	assert (refused.value.http_status_code, refused.value.code) == (409, "over_payment")
	assert refused.value.keys == {"outstanding": 10, "amount": 10.01}
	assert owed(sale) == (390, 0, 10, "Partial")


def test_a_failed_attempt_changes_nothing_else_and_is_tried_again(factory: Any, sale: Any) -> None:
	before = again(sale).modified
	failed = factory.pay(sale, 500, mode="Cheque", result="Failed", failure_reason="Bounced")
	assert (failed.docstatus, owed(sale), sale.modified) == (1, (0, 0, 400, "Pending"), before)
	assert_owed(factory)
	retry = factory.pay(sale, 400, retry_of=failed.name)
	assert owed(sale) == (400, 0, 0, "Paid")
	again(failed).cancel()
	assert owed(sale) == (400, 0, 0, "Paid")
	retry.cancel()
	sale.cancel()
	assert sale.docstatus == 2


def test_a_failed_attempt_does_not_keep_a_bill_from_being_cancelled(factory: Any, sale: Any) -> None:
	failed = factory.pay(sale, 400, result="Failed", failure_reason="No signal")
	again(sale).cancel()
	assert (sale.docstatus, again(failed).docstatus) == (2, 1)


def test_what_is_wrong_is_said_at_once(factory: Any, sale: Any) -> None:
	other = factory.sale(1, 4).submit()
	wrong = factory.payment(
		sale,
		"1.005",
		date=add_days(nowdate(), 1),
		result="Failed",
		direction="Pay",
		party_type="Bottle Supplier",
		party=factory.supplier,
		retry_of=factory.pay(other, 1, result="Failed", failure_reason="x").name,
	)
	with pytest.raises(InvalidValueError) as refused:
		wrong.insert()
	assert faults(refused) == {
		(("amount",), "decimal_places"),
		(("date",), "date_past"),
		(("failure_reason",), "missing"),
		(("direction",), "contradiction"),
		(("party_type",), "contradiction"),
		(("party",), "contradiction"),
		(("retry_of",), "no_attempt"),
	}
	for amount in (0, -1, None):
		with pytest.raises(InvalidValueError) as refused:
			factory.payment(sale, amount).insert()
		assert [fault.loc for fault in refused.value.faults] == [("amount",)]
	with pytest.raises(InvalidValueError) as refused:
		factory.payment(sale, 1, date=add_days(nowdate(), -1)).insert()
	assert faults(refused) == {(("date",), "before_bill")}


def test_only_a_submitted_bill_is_paid(factory: Any, sale: Any) -> None:
	with pytest.raises(NotFoundError) as missing:
		factory.payment(sale, 1, reference_name="SO-NONE").insert()
	assert (missing.value.keys["doctype"], missing.value.keys["name"]) == ("Bottle Sale", "SO-NONE")
	draft = factory.payment(sale, 1).insert()
	for bill in (factory.sale(1, 4), sale.cancel() or sale):
		with pytest.raises(InvalidValueError) as refused:
			factory.payment(bill, 1).insert()
		assert faults(refused) == {(("reference_name",), "not_submitted")}
	with pytest.raises(InvalidValueError):
		draft.submit()


def test_a_bill_with_payments_is_not_cancelled(factory: Any, sale: Any) -> None:
	payments = sorted(factory.pay(sale, 10).name for _ in range(2))
	with pytest.raises(HasPaymentsError) as refused:
		again(sale).cancel()
	assert (refused.value.http_status_code, refused.value.code) == (409, "has_payments")
	assert refused.value.keys == {"payments": payments}


def test_a_closed_period_is_closed_to_payments(factory: Any, db: Any) -> None:
	day = add_days(nowdate(), -4)
	factory.purchase(items=[factory.line(factory.bottle, 300, 2)], date=day).submit()
	sale = factory.sale(10, 4, date=day).submit()
	paid = factory.pay(sale, 10, date=day)
	db.set_single_value("Bottle Mfg Settings", "closed_until", add_days(nowdate(), -2))
	for date in (day, add_days(nowdate(), -2)):
		with pytest.raises(ClosedPeriodError):
			factory.pay(sale, 10, date=date)
	with pytest.raises(ClosedPeriodError):
		paid.cancel()
	factory.pay(sale, 10, date=add_days(nowdate(), -1))
	assert owed(sale)[:3] == (20, 0, 20)


def test_a_purchase_is_paid(factory: Any) -> None:
	purchase = factory.purchase(100, 2, other_charges=50).submit()
	assert owed(purchase) == (0, 0, 250, "Pending")
	paid = factory.pay(purchase, 200)
	assert (paid.direction, paid.party_type, paid.party) == ("Pay", "Bottle Supplier", factory.supplier)
	assert owed(purchase) == (200, 0, 50, "Partial")
	gone = back(purchase, {"item": factory.preform, "quantity": 40})
	assert (gone.total_amount, owed(gone)) == (-100, (0, -50, -50, "Partial"))
	assert owed(purchase) == (200, 50, 0, "Paid")
	got = factory.pay(gone, 50)
	assert (got.direction, owed(gone)) == ("Receive", (-50, -50, 0, "Paid"))
	assert_owed(factory)


# Returned goods: what they credit, and what is refunded.


def test_a_return_first_reduces_what_is_owed(factory: Any, sale: Any) -> None:
	factory.pay(sale, 300)
	small = back(sale, {"item": factory.bottle, "quantity": 10})
	assert (owed(small), owed(sale)) == ((0, -40, 0, "Paid"), (300, 40, 60, "Partial"))
	large = back(sale, {"item": factory.bottle, "quantity": 50})
	assert (owed(large), owed(sale)) == ((0, -60, -140, "Partial"), (300, 100, 0, "Paid"))
	assert_owed(factory)
	with pytest.raises(OverPaymentError, match="140 of"):
		factory.pay(large, "140.01")
	refund = factory.pay(large, 100)
	assert (refund.direction, owed(large)) == ("Pay", (-100, -60, -40, "Partial"))
	with pytest.raises(HasPaymentsError) as refused:
		again(large).cancel()
	assert refused.value.keys == {"payments": [refund.name]}
	with pytest.raises(HasPaymentsError):
		again(sale).cancel()
	refund.cancel()
	again(large).cancel()
	assert owed(sale) == (300, 40, 60, "Partial")
	again(small).cancel()
	assert owed(sale) == (300, 0, 100, "Partial")
	assert_owed(factory)


def test_a_sale_that_came_back_whole_has_returns_and_is_settled(factory: Any, sale: Any) -> None:
	back(sale)
	assert owed(sale) == (0, 400, 0, "Paid")
	with pytest.raises(HasReturnsError):
		again(sale).cancel()
	with pytest.raises(OverPaymentError):
		factory.pay(sale, 1)


def test_a_bounced_cheque_after_a_return(factory: Any, sale: Any) -> None:
	"""What was to be refunded reduces what is owed again: as if the cheque had never come."""
	cheque = factory.pay(sale, 400, mode="Cheque")
	first, second = (back(sale, {"item": factory.bottle, "quantity": 20}) for _ in range(2))
	refund = factory.pay(second, 30)
	assert (owed(first)[2], owed(second)[2], owed(sale)[2]) == (-80, -50, 0)
	cheque.cancel()
	assert owed(sale) == (0, 130, 270, "Partial")
	assert (owed(first), owed(second)) == ((0, -80, 0, "Paid"), (-30, -50, 0, "Paid"))
	assert_owed(factory)
	refund.cancel()
	assert (owed(second), owed(sale)[:3]) == ((0, -80, 0, "Paid"), (0, 160, 240))
	again(first).cancel()
	assert owed(sale)[:3] == (0, 80, 320)
	assert_owed(factory)


def test_a_cancelled_return_makes_room_for_the_next(factory: Any, sale: Any) -> None:
	factory.pay(sale, 320)
	first, second = (back(sale, {"item": factory.bottle, "quantity": 20}) for _ in range(2))
	assert (owed(first)[2], owed(second)[2]) == (0, -80)
	again(first).cancel()
	assert (owed(second), owed(sale)) == ((0, -80, 0, "Paid"), (320, 80, 0, "Paid"))
	assert_owed(factory)


# Time passes.


def test_a_bill_that_was_due_is_overdue(factory: Any) -> None:
	ago = add_days(nowdate(), -40)
	factory.purchase(items=[factory.line(factory.bottle, 300, 2)], date=ago).submit()
	late = factory.sale(10, 4, date=ago).submit()
	assert (str(late.due_date), owed(late)[3]) == (add_days(ago, 30), "Overdue")
	today = factory.sale(10, 4, due_date=nowdate()).submit()
	assert owed(today)[3] == "Pending"
	paid = factory.pay(late, 10)
	assert owed(late)[3] == "Overdue"
	factory.pay(late, 30)
	assert owed(late)[3] == "Paid"
	paid.cancel()
	assert owed(late)[3] == "Overdue"
	assert owed(back(late, {"item": factory.bottle, "quantity": 5}, date=ago))[3] == "Partial"


def test_the_daily_job_marks_what_was_due(factory: Any, db: Any) -> None:
	from bottle_mfg.payments import overdue

	yesterday = add_days(nowdate(), -1)
	factory.purchase(items=[factory.line(factory.bottle, 300, 2)]).submit()
	bills = {
		"open": factory.sale(1, 4).submit(),
		"partial": factory.sale(1, 4).submit(),
		"paid": factory.sale(1, 4).submit(),
		"today": factory.sale(1, 4).submit(),
		"draft": factory.sale(1, 4),
		"bought": factory.purchase().submit(),
	}
	factory.pay(bills["partial"], 1)
	factory.pay(bills["paid"], 4)
	returned = back(bills["paid"])
	for name, bill in {**bills, "back": returned}.items():
		due = nowdate() if name == "today" else yesterday
		db.set_value(bill.doctype, bill.name, "due_date", due, update_modified=False)
	before = again(bills["open"]).modified
	overdue.mark()
	assert {name: owed(bill)[3] for name, bill in bills.items()} == {
		"open": "Overdue",
		"partial": "Overdue",
		"paid": "Paid",
		"today": "Pending",
		"draft": "Pending",
		"bought": "Overdue",
	}
	assert owed(returned)[3] == "Pending"
	assert bills["open"].modified > before, "what a form has of it is old"
	assert overdue.mark(getdate(nowdate())) == 0


def test_bills_of_the_version_before(factory: Any, db: Any, sale: Any) -> None:
	"""Nothing was paid of them; a return was open with all that it came to."""
	from bottle_mfg.patches.v1_0 import settle_existing_bills

	first, second = (back(sale, {"item": factory.bottle, "quantity": 60 - 30 * n}) for n in range(2))
	gift = factory.sale(1, 0).submit()
	late = factory.sale(1, 4).submit()
	bills = (sale, first, second, gift, late)
	for bill in bills:
		values = {"credited_amount": 0, "outstanding_amount": bill.total_price, "payment_status": "Pending"}
		db.set_value("Bottle Sale", bill.name, values, update_modified=False)
	db.set_value("Bottle Sale", late.name, "due_date", add_days(nowdate(), -1), update_modified=False)
	for _ in range(2):
		settle_existing_bills.execute()
		assert [owed(bill) for bill in bills] == [
			(0, 360, 40, "Partial"),
			(0, -240, 0, "Paid"),
			(0, -120, 0, "Paid"),
			(0, 0, 0, "Paid"),
			(0, 0, 4, "Overdue"),
		]
	assert_owed(factory)


def test_a_bill_that_says_something_else_is_found_and_put_right(factory: Any, db: Any, sale: Any) -> None:
	factory.pay(sale, 300)
	returned = back(sale, {"item": factory.bottle, "quantity": 50})
	before = [owed(sale), owed(returned)]
	names = {sale.name, returned.name}

	def found() -> set[tuple[str, str]]:
		return {(one.name, one.column) for one in verify() if one.name in names}

	wrong = {(sale.name, column) for column in ("paid_amount", "credited_amount", "outstanding_amount")}
	assert found() == set()
	for name, column in wrong:
		db.set_value("Bottle Sale", name, column, 17)
	assert found() == wrong
	rebuild(closed_too=True)
	assert found() == set()
	assert [owed(sale), owed(returned)] == before
