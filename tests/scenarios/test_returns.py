"""Goods that come back: from a customer at what they had cost, to a supplier at what was paid for them."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.api.v1 import make_return, preview_correction
from bottle_mfg.errors import HasReturnsError, InsufficientStockError, InvalidValueError, OverReturnError
from tests.laws import assert_laws


def back(original: Any, *lines: dict[str, Any], **values: Any) -> Any:
	"""A return against a document, submitted; without lines of all that is left."""
	draft = frappe.get_doc(make_return(original.doctype, original.name))
	if lines:
		draft.items = []
		draft.extend("items", lines)
	draft.update(values)
	return draft.insert().submit()


def faults(refused: Any) -> set[tuple[Any, ...]]:
	return {(fault.loc, fault.type) for fault in refused.value.faults}


@pytest.fixture
def sale(factory: Any) -> Any:
	"""100 bottles that cost 2.1053 each, sold at 4.00."""
	factory.purchase(1000, 2).submit()
	factory.blow(1000, 950).submit()
	return factory.sale(100, 4).submit()


def test_a_customer_brings_back_a_part_then_the_rest(factory: Any, sale: Any) -> None:
	part = back(sale, {"item": factory.bottle, "quantity": 30})
	assert (part.customer, part.status, part.payment_status) == (factory.customer, "Completed", "Paid")
	assert (part.items[0].quantity, part.items[0].unit_price, part.items[0].amount) == (30, 4, -120)
	assert (part.total_price, part.credited_amount, part.outstanding_amount) == (-120, -120, 0)
	assert (part.items[0].unit_cost, part.items[0].cost, part.cost_of_goods) == (2.1053, -63.1579, -63.1579)
	assert (part.items[0].profit, part.profit) == (-56.8421, -56.8421)
	assert factory.stock(factory.bottle)[0] == 880
	rest = back(sale)
	assert (rest.items[0].quantity, rest.total_price) == (70, -280)
	assert D(str(part.cost_of_goods)) + D(str(rest.cost_of_goods)) == -D(str(sale.cost_of_goods))
	assert factory.stock(factory.bottle) == (950, 2000)
	assert_laws(factory)
	with pytest.raises(InvalidValueError, match="has come back"):
		make_return(sale.doctype, sale.name)


def test_more_than_was_sold_cannot_come_back(factory: Any, sale: Any) -> None:
	back(sale, {"item": factory.bottle, "quantity": 30})
	with pytest.raises(OverReturnError, match="70 of 100 can still be returned, not 71") as refused:
		back(sale, {"item": factory.bottle, "quantity": 71})
	[line] = refused.value.keys["lines"]
	assert (line["loc"], line["item_id"]) == (["items", 0, "quantity"], factory.bottle)
	assert (line["quantity"], line["returned"], line["left"], line["requested"]) == (100, 30, 70, 71)
	with pytest.raises(OverReturnError) as refused:
		back(sale, *[{"item": factory.bottle, "quantity": 24}] * 3)
	assert [line["loc"][1] for line in refused.value.keys["lines"]] == [2]
	assert factory.stock(factory.bottle)[0] == 880


def test_it_comes_back_at_what_it_had_cost_whatever_it_costs_now(factory: Any, sale: Any) -> None:
	frappe.db.set_value("Bottle Item", factory.bottle, "selling_price", 9)
	factory.purchase(items=[factory.line(factory.bottle, 850, 9)]).submit()
	part = back(sale, {"item": factory.bottle, "quantity": 50})
	assert (part.items[0].unit_price, part.total_price, part.cost_of_goods) == (4, -200, -105.2632)
	assert_laws(factory)


def test_less_may_be_given_back_but_not_more(factory: Any, sale: Any) -> None:
	part = back(sale, {"item": factory.bottle, "quantity": 50, "unit_price": 3})
	assert (part.total_price, part.profit) == (-150, -44.7368)
	with pytest.raises(InvalidValueError) as refused:
		back(sale, {"item": factory.bottle, "quantity": 50, "unit_price": "4.01"})
	assert faults(refused) == {(("items", 0, "unit_price"), "less_than_equal")}


def test_a_blow_price_is_given_back_too(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 10, 1)]).submit()
	sale = factory.sale(items=[factory.line(factory.bottle, 10, 2, blow_price="0.5")]).submit()
	assert back(sale, {"item": factory.bottle, "quantity": 4}).total_price == -10


def test_a_cancelled_return_frees_its_part(factory: Any, sale: Any) -> None:
	first = back(sale, {"item": factory.bottle, "quantity": 40})
	second = back(sale, {"item": factory.bottle, "quantity": 40})
	assert [second.items[0].returned_start, first.items[0].returned_start] == [40, 0]
	first.cancel()
	assert first.status == "Cancelled"
	assert factory.stock(factory.bottle)[0] == 890
	third = back(sale, {"item": factory.bottle, "quantity": 20})
	assert third.items[0].returned_start == 0
	rest = back(sale)
	assert [(row.returned_start, row.quantity) for row in rest.items] == [(20, 20), (80, 20)]
	assert [row.idx for row in rest.items] == [1, 2]
	assert rest.total_price == -160
	assert [(row.quantity, row.parent) for row in frappe.get_doc("Bottle Sale", rest.name).items] == [
		(20, rest.name),
		(20, rest.name),
	]
	assert factory.stock(factory.bottle) == (950, 2000)
	assert_laws(factory)


def test_three_at_ten_come_back_one_by_one(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 3, 0)], other_charges=10).submit()
	sale = factory.sale(items=[factory.line(factory.bottle, 3, "3.3333")]).submit()
	assert (sale.total_price, sale.cost_of_goods) == (10, 10)
	singles = [back(sale, {"item": factory.bottle, "quantity": 1}) for _ in range(3)]
	assert [one.cost_of_goods for one in singles] == [-3.3333, -3.3334, -3.3333]
	assert [one.total_price for one in singles] == [-3.33, -3.34, -3.33]
	assert factory.stock(factory.bottle) == (3, 10)
	assert_laws(factory)
	singles[1].cancel()
	assert factory.stock(factory.bottle) == (2, D("6.6666"))
	assert back(sale).cost_of_goods == -3.3334
	assert_laws(factory)


def test_the_same_item_on_two_lines_comes_back_in_their_order(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 20, 1)]).submit()
	lines = [factory.line(factory.bottle, 5, 3), factory.line(factory.bottle, 5, 2)]
	sale = factory.sale(items=lines).submit()
	part = back(sale, {"item": factory.bottle, "quantity": 7})
	first, second = (row.name for row in sale.items)
	assert [(row.against_row, row.quantity, row.unit_price) for row in part.items] == [
		(first, 5, 3),
		(second, 2, 2),
	]
	assert part.total_price == -19
	part.cancel()
	lines.reverse()
	upward = factory.sale(items=lines).submit()
	part = back(upward, {"item": factory.bottle, "quantity": 7})
	assert [(row.quantity, row.unit_price, row.amount) for row in part.items] == [(5, 2, -10), (2, 3, -6)]
	part = back(sale, {"item": factory.bottle, "quantity": 5})
	named = back(sale, {"item": factory.bottle, "quantity": 3, "against_row": second})
	assert named.total_price == -6
	assert_laws(factory)


def test_it_may_come_back_to_another_store(factory: Any, sale: Any) -> None:
	other = factory.make("Bottle Warehouse", warehouse_name=f"Annex {factory.tag}").name
	part = back(sale, {"item": factory.bottle, "quantity": 19}, warehouse=other)
	assert part.cost_of_goods == -40
	assert factory.stock(factory.bottle)[0] == 850
	assert frappe.get_doc("Bottle Stock", f"{factory.bottle}::{other}").value == 40
	assert_laws(factory)
	assert_laws(factory, other)


def test_the_last_one_comes_back_into_an_empty_store(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 1, 3)]).submit()
	sale = factory.sale(1).submit()
	assert factory.stock(factory.bottle) == (0, 0)
	back(sale)
	assert factory.stock(factory.bottle) == (1, 3)
	factory.sale(1).submit()
	assert factory.stock(factory.bottle) == (0, 0)
	assert_laws(factory)


def test_what_came_back_keeps_its_sale_from_being_cancelled(factory: Any, sale: Any) -> None:
	part = back(sale, {"item": factory.bottle, "quantity": 30})
	with pytest.raises(HasReturnsError, match=part.name) as refused:
		frappe.get_doc("Bottle Sale", sale.name).cancel()
	assert refused.value.keys["returns"] == [part.name]
	part.cancel()
	sale.reload()
	sale.cancel()
	assert factory.stock(factory.bottle) == (950, 2000)
	assert_laws(factory)


def test_what_is_wrong_with_a_return_is_said_at_once(factory: Any, sale: Any) -> None:
	other = factory.item("OTH", "Bottle")
	customer = factory.make("Bottle Customer", customer_name=f"Other {factory.tag}").name
	with pytest.raises(InvalidValueError) as refused:
		back(
			sale,
			{"item": other, "quantity": 1, "unit_price": 1},
			{"item": factory.bottle, "quantity": 0},
			{"item": factory.bottle, "quantity": "1.5", "against_row": "none"},
			customer=customer,
			date=add_days(nowdate(), -1),
		)
	assert faults(refused) == {
		(("customer",), "partner"),
		(("date",), "return_date"),
		(("items", 0, "item"), "not_in_original"),
		(("items", 1, "quantity"), "greater_than"),
		(("items", 2, "quantity"), "whole_number"),
		(("items", 2, "against_row"), "not_in_original"),
		(("items", 2, "unit_price"), "missing"),
	}


@pytest.mark.parametrize(
	("values", "expected"),
	[
		({"is_return": 1}, {(("return_against",), "missing")}),
		({"is_return": 0, "return_against": "sale"}, {(("return_against",), "is_return")}),
		({"is_return": 1, "return_against": "draft"}, {(("return_against",), "not_submitted")}),
		({"is_return": 1, "return_against": "return"}, {(("return_against",), "is_return")}),
	],
)
def test_against_what(factory: Any, sale: Any, values: dict[str, Any], expected: Any) -> None:
	others = {"sale": sale, "draft": factory.sale(1)}
	if values.get("return_against") == "return":
		others["return"] = back(sale, {"item": factory.bottle, "quantity": 1})
	if "return_against" in values:
		values = values | {"return_against": others[values["return_against"]].name}
	with pytest.raises(InvalidValueError) as refused:
		factory.sale(1, **values)
	assert faults(refused) == expected


def test_nothing_comes_back_before_it_was_sold(factory: Any) -> None:
	day = add_days(nowdate(), -3)
	factory.purchase(items=[factory.line(factory.bottle, 10, 1)], date=day, posting_time="08:00:00").submit()
	sale = factory.sale(5, date=day, posting_time="10:00:00").submit()
	with pytest.raises(InvalidValueError) as refused:
		back(sale, date=day, posting_time="09:59:59")
	assert faults(refused) == {(("posting_time",), "return_date")}
	back(sale, date=day, posting_time="10:00:01")
	assert factory.stock(factory.bottle) == (10, 10)


def test_the_past_is_entered_with_the_least_words(factory: Any) -> None:
	"""Before anything is claimed it is asked how much of the past changes."""
	day = add_days(nowdate(), -3)
	lines = [factory.line(factory.bottle, 5, 3), factory.line(factory.bottle, 5, 2)]
	factory.purchase(items=[factory.line(factory.bottle, 20, 1)], date=day).submit()
	sale = factory.sale(items=lines, date=day).submit()
	factory.sale(10, 3).submit()
	draft = {
		"is_return": 1,
		"return_against": sale.name,
		"date": add_days(day, 1),
		"items": [{"item": factory.bottle, "quantity": 7}],
	}
	preview = preview_correction(draft | {"doctype": "Bottle Sale", "warehouse": factory.warehouse})
	assert (preview["documents"], preview["profit"]) == (0, 0)
	part = factory.make("Bottle Sale", warehouse=factory.warehouse, docstatus=1, **draft)
	assert (part.docstatus, part.total_price) == (1, -19)
	assert factory.stock(factory.bottle) == (7, 7)
	assert_laws(factory)


def test_disabled_goods_and_customers_may_still_bring_back(factory: Any, sale: Any) -> None:
	frappe.db.set_value("Bottle Item", factory.bottle, "disabled", 1)
	frappe.db.set_value("Bottle Customer", factory.customer, "disabled", 1)
	assert back(sale).docstatus == 1


def test_the_form_shows_what_came_back(factory: Any, sale: Any) -> None:
	part = back(sale, {"item": factory.bottle, "quantity": 30})
	shown = frappe.get_doc("Bottle Sale", sale.name)
	shown.run_method("onload")
	assert shown.get_onload("came_back") == {
		"quantities": {sale.items[0].name: 30.0},
		"returns": [part.name],
	}


def test_a_return_is_amended(factory: Any, sale: Any) -> None:
	wrong = back(sale, {"item": factory.bottle, "quantity": 30})
	wrong.cancel()
	right = frappe.copy_doc(wrong)
	right.update({"amended_from": wrong.name, "is_return": 1, "return_against": sale.name})
	right.items[0].quantity = 20
	right.insert().submit()
	assert (right.name, right.total_price) == (f"{wrong.name}-1", -80)
	assert_laws(factory)


# To the supplier


def test_preforms_go_back_to_the_supplier_with_their_freight(factory: Any) -> None:
	purchase = factory.purchase(300, 1, other_charges=30).submit()
	part = back(purchase, {"item": factory.preform, "quantity": 100})
	assert (part.supplier, part.status) == (factory.supplier, "Returned")
	assert (part.items[0].amount, part.other_charges, part.total_amount) == (-100, 10, -110)
	assert (part.credited_amount, part.outstanding_amount, part.return_difference) == (-110, 0, 0)
	assert factory.stock(factory.preform) == (200, 220)
	rest = back(purchase)
	assert (rest.total_amount, rest.return_difference) == (-220, 0)
	assert factory.stock(factory.preform) == (0, 0)
	assert_laws(factory)


def test_thirds_of_a_purchase_go_back_one_by_one(factory: Any) -> None:
	purchase = factory.purchase(
		items=[factory.line(factory.preform, 3, "3.3333")], other_charges="0.01"
	).submit()
	singles = [back(purchase, {"item": factory.preform, "quantity": 1}) for _ in range(3)]
	assert sum(D(str(one.total_amount)) for one in singles) == D("-10.01")
	assert [one.return_difference for one in singles] == [0, 0, 0]
	assert factory.stock(factory.preform) == (0, 0)
	assert_laws(factory)


def test_what_was_dear_goes_back_out_of_a_cheap_stock(factory: Any) -> None:
	"""The supplier gives back more than the whole stock is worth: what it is not worth is a gain."""
	dear = factory.purchase(10, 9).submit()
	factory.sale(items=[factory.line(factory.preform, 9, 12)]).submit()
	factory.purchase(9, 1).submit()
	part = back(dear, {"item": factory.preform, "quantity": 5})
	assert (part.total_amount, part.return_difference) == (-45, 27)
	assert factory.stock(factory.preform) == (5, 0)
	assert_laws(factory)


def test_the_last_unit_takes_the_whole_value_with_it(factory: Any) -> None:
	cheap = factory.purchase(1, 2).submit()
	factory.purchase(1, 8).submit()
	factory.sale(items=[factory.line(factory.preform, 1, 12)]).submit()
	part = back(cheap)
	assert (part.total_amount, part.return_difference) == (-2, -3)
	assert factory.stock(factory.preform) == (0, 0)
	part.cancel()
	assert factory.stock(factory.preform) == (1, 5)
	assert_laws(factory)


def test_what_was_used_cannot_go_back(factory: Any) -> None:
	purchase = factory.purchase(10, 2).submit()
	factory.blow(8, 8).submit()
	with pytest.raises(InsufficientStockError, match="2 available, 5 requested"):
		back(purchase, {"item": factory.preform, "quantity": 5})
	purchase.reload()
	with pytest.raises((InsufficientStockError, frappe.ValidationError)):
		purchase.cancel()


def test_the_supplier_gives_back_what_was_paid(factory: Any) -> None:
	"""Anything else would not be a return at the original cost."""
	purchase = factory.purchase(10, 2).submit()
	for price in ("1.5", "2.5"):
		with pytest.raises(InvalidValueError, match="Unit Price"):
			back(purchase, {"item": factory.preform, "quantity": 4, "unit_price": price})
