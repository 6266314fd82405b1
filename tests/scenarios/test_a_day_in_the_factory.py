"""From preforms to profit: what staff do in a day, and what the books say after each step."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime, nowdate

from bottle_mfg.api.v1 import availability
from tests.laws import assert_laws


def test_preforms_are_bought_blown_and_sold(factory: Any) -> None:
	purchase = factory.purchase(1000, 2)
	assert purchase.status == "Draft"
	assert factory.stock(factory.preform) == (0, 0)

	purchase.submit()
	assert (purchase.total_amount, purchase.status) == (2000, "Received")
	assert factory.stock(factory.preform) == (1000, 2000)

	blow = factory.blow(1000, 950)
	blow.submit()
	assert blow.reject_quantity == 50
	assert (blow.material_cost, blow.conversion_cost, blow.total_cost) == (2000, 0, 2000)
	assert blow.produced_unit_cost == 2.1053
	assert factory.stock(factory.preform) == (0, 0)
	assert factory.stock(factory.bottle) == (950, 2000)

	sale = factory.sale(100, 4)
	sale.submit()
	assert sale.total_price == 400
	assert (sale.cost_of_goods, round(sale.cost_of_goods, 2)) == (210.5263, 210.53)
	assert (sale.profit, round(sale.profit, 2)) == (189.4737, 189.47)
	assert (sale.items[0].unit_cost, sale.items[0].cost, sale.items[0].profit) == (2.1053, 210.5263, 189.4737)
	assert (sale.status, sale.payment_status, sale.outstanding_amount) == ("Confirmed", "Pending", 400)
	assert factory.stock(factory.bottle) == (850, D("1789.4737"))
	assert_laws(factory)


def test_what_is_saved_is_what_was_computed(factory: Any) -> None:
	factory.purchase().submit()
	factory.blow().submit()
	sale = factory.sale()
	sale.submit()
	stored = frappe.get_doc("Bottle Sale", sale.name)
	for field in ("total_price", "cost_of_goods", "profit", "status", "outstanding_amount"):
		assert stored.get(field) == sale.get(field)
	assert [row.cost for row in stored.items] == [210.5263]
	row = frappe.get_doc("Bottle Stock", f"{factory.bottle}::{factory.warehouse}")
	assert (row.quantity, row.value, row.unit_cost) == (850, 1789.4737, 2.1053)


def test_blowing_costs_make_the_bottle_dearer(factory: Any) -> None:
	factory.purchase(1000, 2).submit()
	blow = factory.blow(1000, 950, blow_cost_per_unit=0.50)
	blow.submit()
	assert (blow.conversion_cost, blow.total_cost, blow.produced_unit_cost) == (500, 2500, 2.6316)
	assert_laws(factory)


def test_the_blow_cost_of_the_settings_is_offered(factory: Any) -> None:
	settings = frappe.get_single("Bottle Mfg Settings")
	settings.default_blow_cost_per_unit = 0.25
	settings.save()
	factory.purchase(1000, 2).submit()
	asked = factory.blow(100, 100, blow_cost_per_unit=None)
	stated = factory.blow(100, 100, blow_cost_per_unit=0)
	assert (asked.blow_cost_per_unit, asked.conversion_cost) == (0.25, 25)
	assert (stated.blow_cost_per_unit, stated.conversion_cost) == (0, 0)


def test_preforms_by_weight_are_lost_by_weight(factory: Any) -> None:
	granulate = factory.item("GRAN", "Preform", uom="kg")
	factory.purchase(items=[factory.line(granulate, "12.5", 80)]).submit()
	rejects = [{"stage": "Preform", "reason": "Start-up", "quantity": 0.75}]
	blow = factory.blow("12.5", 11, from_item=granulate, rejects=rejects)
	blow.submit()
	assert (blow.reject_quantity, blow.produced_unit_cost) == (1.5, 90.9091)


def test_the_invoice_of_two_lines(factory: Any) -> None:
	big = factory.item("BIG", "Bottle")
	factory.purchase(items=[factory.line(factory.bottle, 100, 2), factory.line(big, 50, 3)]).submit()
	sale = factory.sale(items=[factory.line(factory.bottle, 100, 4), factory.line(big, 50, 6)])
	sale.submit()
	assert sale.total_price == 700
	assert [row.amount for row in sale.items] == [400, 300]
	assert (sale.cost_of_goods, sale.profit) == (350, 350)


def test_a_bill_is_numbered_by_its_own_day(factory: Any) -> None:
	day = getdate(add_days(nowdate(), -40))
	first, second = factory.sale(date=str(day)), factory.sale(date=str(day))
	series, number = first.name.rsplit("-", 1)
	assert series == f"SO-{day:%y%m%d}"
	assert second.name == f"{series}-{int(number) + 1:04}"
	assert factory.purchase(date=str(day)).name.startswith(f"PO-{day:%y%m%d}-")
	assert factory.blow(date=str(day)).name.startswith(f"BL-{day:%y%m%d}-")


def test_freight_is_part_of_what_the_goods_cost(factory: Any) -> None:
	purchase = factory.purchase(
		items=[factory.line(factory.preform, 300, 1), factory.line(factory.cap, 100, 1)], other_charges=100
	)
	purchase.submit()
	assert purchase.total_amount == 500
	assert factory.stock(factory.preform) == (300, 375)
	assert factory.stock(factory.cap) == (100, 125)
	assert_laws(factory)


def test_freight_on_goods_for_nothing_is_spread_by_quantity(factory: Any) -> None:
	lines = [factory.line(factory.preform, 30, 0), factory.line(factory.cap, 10, 0)]
	factory.purchase(items=lines, other_charges=1).submit()
	assert factory.stock(factory.preform) == (30, D("0.75"))
	assert factory.stock(factory.cap) == (10, D("0.25"))
	assert_laws(factory)


def test_the_same_item_on_several_lines(factory: Any) -> None:
	factory.purchase(
		items=[factory.line(factory.bottle, 1, "0.3333"), factory.line(factory.bottle, 2, "0.3333")]
	).submit()
	sale = factory.sale(items=[factory.line(factory.bottle, 1, 1) for _ in range(3)])
	sale.submit()
	assert D(str(sum(row.cost for row in sale.items))).quantize(D("0.0001")) == D("1.0000")
	assert factory.stock(factory.bottle) == (0, 0)
	assert_laws(factory)


def test_a_blow_price_is_earned_on_top(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 10, 1)]).submit()
	sale = factory.sale(items=[factory.line(factory.bottle, 10, 2, blow_price="0.5")])
	sale.submit()
	assert (sale.total_price, sale.profit) == (25, 15)


def test_the_selling_price_is_offered(factory: Any) -> None:
	sale = factory.sale(items=[{"item": factory.bottle, "quantity": 3}])
	assert (sale.items[0].unit_price, sale.total_price) == (4, 12)
	given = factory.sale(items=[factory.line(factory.bottle, 3, 0)])
	assert given.total_price == 0


def test_amounts_are_rounded_to_what_can_be_paid(factory: Any) -> None:
	purchase = factory.purchase(items=[factory.line(factory.preform, 3, "0.0125")])
	assert purchase.items[0].amount == 0.04
	assert purchase.total_amount == 0.04
	purchase.submit()
	assert factory.stock(factory.preform) == (3, D("0.04"))


def test_a_sale_falls_due_after_the_customers_credit(factory: Any) -> None:
	assert getdate(factory.sale().due_date) == getdate(add_days(nowdate(), 30))
	stated = add_days(nowdate(), 3)
	assert getdate(factory.sale(due_date=stated).due_date) == getdate(stated)
	patient = factory.make("Bottle Customer", customer_name=f"Patience {factory.tag}", credit_days=2**31 - 1)
	assert str(factory.sale(customer=patient.name).due_date) == "2999-12-31"


def test_the_default_warehouse_is_filled_in(factory: Any) -> None:
	assert (
		factory.purchase(warehouse=None).warehouse
		== frappe.get_single("Bottle Mfg Settings").default_warehouse
	)


def test_computed_fields_are_never_taken_from_the_client(factory: Any) -> None:
	factory.purchase(1000, 2, total_amount=1, paid_amount=5, outstanding_amount=7, status="Received").submit()
	sale = factory.sale(
		items=[factory.line(factory.preform, 1, 4, amount=999, cost=1, profit=998)],
		total_price=1,
		cost_of_goods=1,
		profit=99,
		payment_status="Paid",
		paid_amount=4,
		status="Completed",
	)
	assert (sale.total_price, sale.status, sale.payment_status, sale.paid_amount) == (
		4,
		"Draft",
		"Pending",
		0,
	)
	assert (sale.cost_of_goods, sale.profit, sale.items[0].cost, sale.items[0].amount) == (0, 0, 0, 4)
	sale.submit()
	assert (sale.cost_of_goods, sale.profit, sale.outstanding_amount) == (2, 2, 4)


def test_the_sale_goes_its_way(factory: Any) -> None:
	factory.purchase().submit()
	sale = factory.sale(items=[factory.line(factory.preform, 1, 4)])
	sale.submit()
	sale.status = "Shipped"
	sale.save()
	sale.status = "Completed"
	sale.save()
	sale.status = "Confirmed"
	with pytest.raises(frappe.ValidationError, match="Completed cannot become Confirmed"):
		sale.save()


def test_time_of_posting(factory: Any) -> None:
	before = now_datetime()
	today = factory.purchase()
	assert today.posting_time is None
	today.submit()
	[entry] = factory.ledger(factory.preform)
	assert before <= entry.posting_datetime <= now_datetime()
	assert today.posting_time == entry.posting_datetime.time()


def test_a_document_of_an_earlier_day_counts_from_the_end_of_that_day(factory: Any) -> None:
	day = add_days(nowdate(), -3)
	factory.purchase(date=day).submit()
	factory.blow(date=day).submit()
	factory.sale(date=day).submit()
	entries = factory.ledger(factory.bottle)
	assert {str(entry.posting_datetime) for entry in entries} == {f"{day} 23:59:59.999999"}
	stated = factory.sale(1, date=add_days(nowdate(), -2), posting_time="9:05:00")
	stated.submit()
	assert str(factory.ledger(factory.bottle)[-1].posting_datetime) == f"{add_days(nowdate(), -2)} 09:05:00"
	assert_laws(factory)


def test_two_stores_keep_their_own_costs(factory: Any) -> None:
	other = factory.make("Bottle Warehouse", warehouse_name=f"Annex {factory.tag}").name
	factory.purchase(10, 2).submit()
	factory.purchase(10, 6, warehouse=other).submit()
	here = factory.sale(items=[factory.line(factory.preform, 1, 9)])
	there = factory.sale(items=[factory.line(factory.preform, 1, 9)], warehouse=other)
	here.submit()
	there.submit()
	assert (here.cost_of_goods, there.cost_of_goods) == (2, 6)


def test_what_is_in_stock_can_be_asked_in_any_case(factory: Any) -> None:
	factory.purchase(10, 2).submit()
	asked = [factory.preform.lower(), factory.bottle, factory.preform]
	rows = availability(asked, factory.warehouse.upper())
	assert [(row["item_id"], row["quantity"]) for row in rows] == list(zip(asked, (10, 0, 10), strict=True))


def test_a_document_that_frappe_begins_has_no_time_yet(factory: Any) -> None:
	"""Frappe fills the present in; as a draft's time it would date back what is submitted later."""
	begun = frappe.new_doc("Bottle Sale")
	assert begun.posting_time is None
	begun.update({"customer": factory.customer, "warehouse": factory.warehouse, "posting_time": "08:30:00"})
	begun.update({"notes": "brought by hand", "date": add_days(nowdate(), -1)})
	assert begun.posting_time == "08:30:00"
