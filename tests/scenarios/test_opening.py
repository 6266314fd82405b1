"""What there was before the books began: stock at a stated cost, and bills that were still to be paid."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from bottle_mfg.errors import ConflictError, ForbiddenError, InvalidValueError, OverPaymentError
from bottle_mfg.posting.recount import verify
from tests.laws import assert_laws, assert_owed
from tests.reports import Run

TRADED = {
	"Bottle Sale": ("Bottle Sales by Customer", "Sales"),
	"Bottle Purchase": ("Bottle Purchases by Supplier", "Purchases"),
}


def start(later: int = 0) -> str:
	"""The day on which the books began, or one some days after it."""
	return add_days(nowdate(), later - 10)


def opening_stock(factory: Any, *lines: tuple[str, float, float], **values: Any) -> Any:
	rows = [{"item": item, "counted_quantity": count, "opening_cost": cost} for item, count, cost in lines]
	values = {"warehouse": factory.warehouse, "date": start(), "is_opening": 1, "items": rows} | values
	return factory.make("Bottle Stock Count", **values)


def opening_bill(factory: Any, doctype: str, amount: float = 500, **values: Any) -> Any:
	partner = {"Bottle Sale": "customer", "Bottle Purchase": "supplier"}[doctype]
	values = {partner: getattr(factory, partner), "warehouse": factory.warehouse, "date": start()} | values
	return factory.make(doctype, **({"is_opening": 1, "opening_amount": amount} | values))


def statement(factory: Any) -> Any:
	"""The profit and loss of the factory's warehouse since the books began."""
	from bottle_mfg.reporting import profit_and_loss

	return profit_and_loss.statement(getdate(start()), getdate(nowdate()), warehouse=factory.warehouse)


def types(refused: Any) -> set[str]:
	return {fault.type for fault in refused.value.faults}


def wrong(factory: Any) -> list[Any]:
	"""What a count from zero finds in this factory that is stored otherwise."""
	return [one for one in verify() if factory.tag in f"{one.name}"]


def test_opening_stock_is_worth_what_its_lines_state(factory: Any) -> None:
	from bottle_mfg.reporting.stock_balance import held

	opened = opening_stock(factory, (factory.preform, 1000, 1.8333), (factory.bottle, 0, 0)).submit()
	assert (opened.value_difference, opened.lost_value, opened.items[0].unit_cost) == (1833.3, 0, 1.8333)
	factory.purchase(1000, 2, date=start(-2)).submit()  # which is entered late
	factory.sale(items=[factory.line(factory.preform, 1000, 4)], date=start(1)).submit()
	assert factory.stock(factory.preform) == (1000, D("1916.65"))
	assert_laws(factory)
	profit = statement(factory)
	assert profit.total.gained_value == 0
	assert profit.total.result == profit.total.profit == 4000 - D("1916.65")
	(row,) = [
		row
		for row in held(getdate(start()), getdate(start()))
		if row.item.name == factory.preform and row.moved
	]
	assert (row.opening, row.came_in, row.balance.quantity) == (1000, 1000, 2000)
	assert not wrong(factory)


def test_opening_stock_is_a_beginning(factory: Any) -> None:
	factory.purchase(10, 2, date=start()).submit()
	late = opening_stock(factory, (factory.preform, 5, 2), (factory.cap, 5, 2))
	with pytest.raises(InvalidValueError) as refused:
		late.submit()
	assert types(refused) == {"not_empty"}
	with pytest.raises(InvalidValueError) as refused:
		opening_stock(factory, (factory.cap, 5, 0))
	assert types(refused) == {"missing"}
	with pytest.raises(InvalidValueError) as refused:
		opening_stock(factory, (factory.cap, 5, 2), is_opening=0)
	assert types(refused) == {"is_opening"}


def test_opening_stock_that_is_cancelled_was_never_there(factory: Any) -> None:
	opened = opening_stock(factory, (factory.preform, 1000, 2)).submit()
	opened.cancel()
	assert factory.stock(factory.preform) == (0, 0)
	opening_stock(factory, (factory.preform, 900, 2)).submit()
	assert_laws(factory)


@pytest.mark.parametrize("doctype", ["Bottle Sale", "Bottle Purchase"])
def test_what_was_owed_is_paid_like_any_bill(factory: Any, doctype: str) -> None:
	bill = opening_bill(factory, doctype, due_date=start(1)).submit()
	assert (bill.outstanding_amount, bill.payment_status) == (500, "Overdue")
	assert not frappe.get_all("Bottle Ledger Entry", {"voucher_no": bill.name})
	assert_owed(factory)
	factory.pay(bill, 200)
	with pytest.raises(OverPaymentError):
		factory.pay(bill, 301)
	with pytest.raises(ConflictError):
		frappe.get_doc(doctype, bill.name).cancel()
	assert_owed(factory)
	assert_laws(factory)
	earned = statement(factory).total
	assert (earned.revenue, earned.result) == (0, 0)
	report, figure = TRADED[doctype]
	traded = Run(report, warehouse=factory.warehouse, from_date=start(), to_date=nowdate())
	assert traded.cards[figure] == 0
	bill.reload()
	assert (bill.paid_amount, bill.get("profit") or 0) == (200, 0)
	second = opening_bill(factory, doctype, 50).submit()
	second.cancel()
	assert_owed(factory)
	assert not wrong(factory)


@pytest.mark.parametrize("doctype", ["Bottle Sale", "Bottle Purchase"])
def test_what_no_opening_balance_is(factory: Any, doctype: str) -> None:
	lines = [factory.line(factory.cap, 1, 1)]
	for amount, values, kind in (
		(5, {"items": lines}, "is_opening"),
		(0, {}, "greater_than"),
		(5, {"is_return": 1}, "is_opening"),
		(5, {"is_opening": 0, "items": lines}, "is_opening"),
		(0, {"is_opening": 0}, "missing"),
	):
		with pytest.raises(InvalidValueError) as refused:
			opening_bill(factory, doctype, amount, **values)
		assert kind in types(refused)


def test_only_who_may_import_says_what_there_was(factory: Any) -> None:
	frappe.set_user("stock@bottle.test")
	with pytest.raises(ForbiddenError):
		opening_stock(factory, (factory.preform, 10, 2))
	with pytest.raises(ForbiddenError):
		opening_bill(factory, "Bottle Purchase")
	frappe.set_user("sales@bottle.test")
	with pytest.raises(ForbiddenError):
		opening_bill(factory, "Bottle Sale")
