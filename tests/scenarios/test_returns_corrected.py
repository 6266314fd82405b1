"""The past of what came back is corrected: returns follow the sales and purchases that they are of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.api.v1 import make_return
from bottle_mfg.errors import InTheWayError
from bottle_mfg.posting import background, corrections, returned
from bottle_mfg.posting.recount import rebuild, verify
from tests.laws import assert_laws


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


def back(original: Any, quantity: float, **values: Any) -> Any:
	draft = frappe.get_doc(make_return(original.doctype, original.name))
	draft.items[0].quantity = quantity
	draft.update(values)
	return draft.insert().submit()


def assert_right(factory: Any) -> None:
	"""The laws, and nothing that a count from zero would find otherwise."""
	assert_laws(factory)
	ours = [factory.warehouse, factory.tag]
	for doctype in returned.RETURNABLE:
		ours += frappe.get_all(doctype, {"warehouse": factory.warehouse}, pluck="name")
	assert [one for one in verify() if any(name in str(one.name) for name in ours)] == []


@pytest.fixture
def sale(factory: Any) -> Any:
	"""Ten bottles bought at 1.00 nine days ago, six of them sold five days ago at 5.00."""
	factory.purchase(items=[factory.line(factory.bottle, 10, 1)], date=days_ago(9)).submit()
	return factory.sale(6, 5, date=days_ago(5)).submit()


def test_a_late_bill_makes_dearer_what_was_sold_and_what_came_back(factory: Any, sale: Any) -> None:
	part = back(sale, 2, date=days_ago(3))
	later = factory.sale(6, 5, date=days_ago(1)).submit()
	assert (sale.cost_of_goods, part.cost_of_goods, later.cost_of_goods) == (6, -2, 6)
	factory.purchase(items=[factory.line(factory.bottle, 5, 4)], date=days_ago(8)).submit()
	for doc in (sale, part, later):
		doc.reload()
	assert (sale.cost_of_goods, part.cost_of_goods, later.cost_of_goods) == (12, -4, 12)
	assert (part.profit, part.items[0].unit_cost, part.items[0].profit) == (-6, 2, -6)
	assert_right(factory)


def test_it_came_back_days_before_somebody_entered_it(factory: Any, sale: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 4, 3)], date=days_ago(4)).submit()
	later = factory.sale(4, 5, date=days_ago(2)).submit()
	assert later.cost_of_goods == 8
	back(sale, 2, date=days_ago(3))
	later.reload()
	assert later.cost_of_goods == 7.2
	assert_right(factory)


def test_what_came_back_was_sold_again(factory: Any, sale: Any) -> None:
	part = back(sale, 6, date=days_ago(3))
	factory.sale(10, 5, date=days_ago(2)).submit()
	frappe.db.savepoint("sold_again")
	with pytest.raises(InTheWayError):
		part.cancel()
	frappe.db.rollback(save_point="sold_again")
	assert returned.read(sale.name).rows() == [part.items[0].name]
	assert_right(factory)


def test_the_difference_of_a_purchase_given_back_follows(factory: Any) -> None:
	dear = factory.purchase(10, 9, date=days_ago(9)).submit()
	factory.sale(items=[factory.line(factory.preform, 9, 12)], date=days_ago(8)).submit()
	factory.purchase(9, 1, date=days_ago(6)).submit()
	part = back(dear, 5, date=days_ago(4))
	assert part.return_difference == 27
	factory.purchase(9, 3, date=days_ago(5)).submit()
	part.reload()
	assert (part.total_amount, part.return_difference) == (-45, 0)
	assert_right(factory)


def test_the_cap_on_regrind_follows(factory: Any) -> None:
	regrind = factory.item("REG", "Consumable", uom="kg")
	factory.purchase(10, 1, date=days_ago(9)).submit()
	materials = [{"item": regrind, "quantity": 1, "kind": "By-product", "rate": 15}]
	blow = factory.blow(10, 10, date=days_ago(7), materials=materials, blow_cost_per_unit=1).submit()
	assert (blow.material_cost, blow.scrap_credit, blow.total_cost) == (10, 10, 10)
	late = factory.purchase(10, 3, date=days_ago(8)).submit()
	blow.reload()
	assert (blow.material_cost, blow.scrap_credit, blow.total_cost) == (20, 15, 15)
	assert factory.stock(regrind) == (1, 15)
	assert_right(factory)
	late.cancel()
	blow.reload()
	assert (blow.scrap_credit, blow.total_cost, blow.produced_unit_cost) == (10, 10, 1)
	assert_right(factory)


def test_a_forgotten_return_is_found_and_put_right(factory: Any, sale: Any) -> None:
	part = back(sale, 2)
	frappe.db.sql("update `tabBottle Returned Goods` set parts = '{}' where name = %s", (sale.name,))
	[found] = [one for one in verify() if one.name == sale.name]
	assert (found.doctype, found.column) == ("Bottle Returned Goods", "parts")
	assert rebuild() > 0
	assert returned.read(sale.name).rows() == [part.items[0].name]
	assert_right(factory)


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch, db: Any) -> Iterator[None]:
	"""A correction of more than three entries is a large one."""
	monkeypatch.setattr(corrections, "IN_SUBMIT", 3)
	yield
	for name in frappe.get_all("Bottle Correction", {"status": ("in", background.OPEN)}, pluck="name"):
		background._set(name, status="Failed")
	db.commit()


def work_on(doc: Any) -> Any:
	"""Do what a document waits for, as a worker does; gives the correction."""
	frappe.db.commit()
	correction = frappe.get_last_doc("Bottle Correction", {"document": doc.name})
	background.run(correction.name)
	return frappe.get_doc("Bottle Correction", correction.name)


def test_what_waits_for_a_worker_has_not_come_back_yet(factory: Any, sale: Any, small_limit: None) -> None:
	for number in range(4):
		factory.sale(1, 5, date=days_ago(2), posting_time=f"1{number}:00:00").submit()
	waiting = back(sale, 4, date=days_ago(3))
	assert waiting.docstatus == 0
	assert returned.read(sale.name).rows() == []
	back(sale, 3)
	correction = work_on(waiting)
	assert (correction.status, "3 of 6 can still be returned, not 4" in correction.error) == ("Failed", True)
	waiting = frappe.get_doc("Bottle Sale", waiting.name)
	waiting.items[0].quantity = 3
	waiting.save().submit()
	work_on(waiting)
	assert frappe.db.get_value("Bottle Sale", waiting.name, "docstatus") == 1
	assert factory.stock(factory.bottle)[0] == 10 - 6 - 4 + 3 + 3
	assert_right(factory)


def test_what_waits_to_be_cancelled_still_stands(factory: Any, sale: Any, small_limit: None) -> None:
	part = back(sale, 2, date=days_ago(3))
	for number in range(4):
		factory.sale(1, 5, date=days_ago(2), posting_time=f"1{number}:00:00").submit()
	part.cancel()
	assert part.docstatus == 1
	assert returned.read(sale.name).rows() == [part.items[0].name]
	work_on(part)
	assert frappe.db.get_value("Bottle Sale", part.name, "docstatus") == 2
	assert returned.read(sale.name).rows() == []
	assert factory.stock(factory.bottle) == (0, D(0))
	assert_right(factory)
