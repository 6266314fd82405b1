"""Money, as those who take it and give it work: from the bill to the payment with one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.test_returns import owned

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def sale(goods: Any) -> str:
	"""100 bottles at 4.00, sold by the sales user."""
	goods.purchase(warehouse=None, items=[goods.line(goods.bottle, 200, 2)]).submit()
	return owned(goods.sale(warehouse=None).submit(), "sales")


def wait_for_payment(desk: Desk) -> None:
	desk.page.wait_for_function("() => cur_frm.doctype === 'Bottle Payment' && cur_frm.is_new()")
	desk.settle()


def test_a_bill_is_paid_in_two_parts_after_a_failed_attempt(desk_of: OpenDesk, goods: Any, sale: str) -> None:
	desk = desk_of("sales")
	desk.open(f"bottle-sale/{sale}")
	desk.button("Receive Payment").click()
	wait_for_payment(desk)
	expect(desk.field("amount")).to_have_value("400.00")
	expect(desk.shown("party")).to_have_text(goods.customer)
	expect(desk.page.get_by_text("Total ₹ 400.00 · Outstanding ₹ 400.00")).to_be_visible()
	desk.page.locator("[data-fieldname='result'] select:visible").select_option("Failed")
	desk.page.locator("[data-fieldname='failure_reason'] textarea:visible").fill("Card <b>refused</b>")
	desk.submit(f"Note that ₹ 400.00 of {goods.customer} for {sale} failed?")
	expect(desk.indicator()).to_have_text("Failed")
	expect(desk.page.locator(".form-message:visible")).to_have_text(
		"This attempt failed: Card <b>refused</b>"
	)

	desk.button("Try Again").click()
	wait_for_payment(desk)
	expect(desk.field("amount")).to_be_focused()
	desk.page.keyboard.type("150")
	desk.page.keyboard.press("Tab")
	desk.submit(f"Receive ₹ 150.00 from {goods.customer} for {sale}?")
	expect(desk.indicator()).to_have_text("Completed")
	assert desk.document()["retry_of"]

	desk.open(f"bottle-sale/{sale}")
	expect(desk.shown("payment_status")).to_have_text("Partial")
	expect(desk.shown("outstanding_amount")).to_have_text("₹ 250.00")
	paid = desk.page.locator("[data-fieldname='payment_list'] tbody tr")
	expect(paid).to_have_count(2)
	expect(paid.first).to_contain_text("₹ 150.00")
	expect(paid.last).to_contain_text("Failed")
	expect(paid.last).to_contain_text("Card <b>refused</b>")
	for folded in desk.page.locator(".form-links:visible .section-head.collapsed").all():
		folded.click()
	expect(desk.page.locator(".form-links:visible [data-doctype='Bottle Payment'] .count")).to_have_text("2")
	desk.button("Receive Payment").click()
	wait_for_payment(desk)
	desk.submit("Receive ₹ 250.00")
	desk.open(f"bottle-sale/{sale}")
	expect(desk.shown("payment_status")).to_have_text("Paid")
	expect(desk.button("Receive Payment")).to_have_count(0)


def test_a_refund_is_the_managers(desk_of: OpenDesk, goods: Any, sale: str, db: Any) -> None:
	import frappe

	from bottle_mfg.api.v1 import make_return

	goods.pay(frappe.get_doc("Bottle Sale", sale), 400)
	back = owned(frappe.get_doc(make_return("Bottle Sale", sale)).insert().submit(), "sales")
	desk = desk_of("sales")
	desk.open(f"bottle-sale/{back}")
	expect(desk.shown("outstanding_amount")).to_have_text("₹ -400.00")
	expect(desk.button("Refund")).to_have_count(0)
	desk = desk_of("manager")
	desk.open(f"bottle-sale/{back}")
	desk.button("Refund").click()
	wait_for_payment(desk)
	desk.submit(f"Pay ₹ 400.00 to {goods.customer} for {back}?")


def test_from_a_blank_form_to_what_the_supplier_is_owed(desk_of: OpenDesk, goods: Any) -> None:
	bought = goods.purchase(100, 2, warehouse=None).submit()
	owned(bought, "stock")
	desk = desk_of("manager")
	desk.new("Bottle Payment")
	desk.page.locator("[data-fieldname='reference_type'] select:visible").select_option("Bottle Purchase")
	desk.field("reference_name").click()
	desk.choose(desk.field("reference_name"), bought.name)
	expect(desk.shown("party")).to_have_text(goods.supplier)
	expect(desk.field("amount")).to_have_value("200.00")
	desk.submit(f"Pay ₹ 200.00 to {goods.supplier} for {bought.name}?")
	desk.open(f"bottle-supplier/{goods.supplier}")
	expect(desk.page.locator(".bottle-panel")).to_contain_text("Latest Bills")
	desk.button("Statement").click()
	desk.page.wait_for_function("() => frappe.get_route_str().startsWith('query-report')")
	expect(desk.page.locator(".datatable:visible")).to_contain_text(f"for {bought.name} · Cash")
