"""Cancelling and amending, and what is refused because others have built on it."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, formatdate, nowdate

from bottle_mfg.errors import ClosedPeriodError, InsufficientStockError, InTheWayError
from tests.laws import assert_laws
from tests.reports import as_user
from tests.zones import NEW_YORK, kolkata, live_in

__all__ = ["kolkata"]


def books(factory: Any) -> Any:
	"""All that the books say of the factory, but for when rows were touched."""
	stock = frappe.get_all(
		"Bottle Stock",
		{"warehouse": factory.warehouse, "quantity": (">", 0)},
		["item", "quantity", "value", "unit_cost", "last_posting"],
		order_by="name",
	)
	totals = frappe.db.sql(
		"""select date, item, sum(quantity), sum(value), sum(purchased_quantity), sum(purchased_value),
			sum(consumed_quantity), sum(consumed_value), sum(produced_quantity), sum(produced_value),
			sum(conversion_cost), sum(sold_quantity), sum(revenue), sum(cost_of_goods)
		from `tabBottle Daily Total` where warehouse = %s group by date, item
		having sum(purchased_quantity) + sum(consumed_quantity) + sum(produced_quantity) + sum(sold_quantity) > 0
		order by date, item""",
		(factory.warehouse,),
	)
	ledger = [
		{key: value for key, value in entry.items() if key != "sequence"}
		for item in (factory.preform, factory.bottle, factory.cap)
		for entry in factory.ledger(item)
	]
	return stock, totals, ledger


def test_cancelled_is_as_if_never_entered(factory: Any) -> None:
	factory.purchase(1000, "1.2345", other_charges=77).submit()
	factory.blow(333, 321, blow_cost_per_unit="0.0777").submit()
	steps = [
		lambda: factory.sale(17, "3.3333"),
		lambda: factory.blow(100, 97, blow_cost_per_unit="0.1"),
		lambda: factory.purchase(50, "9.99"),
	]
	done, seen = [], []
	for step in steps:
		seen.append(books(factory))
		doc = step()
		doc.submit()
		done.append(doc)
	for doc, before in zip(reversed(done), reversed(seen), strict=True):
		doc.cancel()
		assert books(factory) == before
		assert_laws(factory)
	assert done[0].status == "Cancelled"
	assert [entry.is_cancelled for entry in factory.ledger(factory.bottle, live=False)].count(1) == 2


def test_a_purchase_whose_goods_are_needed_later_is_not_cancelled(factory: Any) -> None:
	purchase = factory.purchase()
	purchase.submit()
	blow = factory.blow(10, 9)
	blow.submit()
	before = books(factory)
	frappe.db.savepoint("cancel")
	with pytest.raises(InTheWayError) as caught:
		purchase.cancel()
	frappe.db.rollback(save_point="cancel")
	assert caught.value.http_status_code == 400
	answer = caught.value.answer()
	named = ("code", "voucher_type", "voucher_no", "item_id", "available", "requested", "shortage")
	assert [answer[key] for key in named] == [
		"insufficient_stock",
		"Blow",
		blow.name,
		factory.preform,
		0,
		10,
		10,
	]
	assert blow.name in answer["detail"]
	assert books(factory) == before
	blow.cancel()
	purchase.reload()
	purchase.cancel()
	assert factory.stock(factory.preform) == (0, 0)


def test_a_purchase_between_purchases_can_be_cancelled(factory: Any) -> None:
	factory.purchase(10, 1).submit()
	middle = factory.purchase(20, 2)
	middle.submit()
	factory.purchase(30, 3).submit()
	middle.cancel()
	assert factory.stock(factory.preform) == (40, 100)
	entries = factory.ledger(factory.preform)
	assert [(D(e.balance_quantity), D(e.balance_value)) for e in entries] == [(10, 10), (40, 100)]
	assert_laws(factory)


def test_a_sale_before_a_purchase_can_be_cancelled(factory: Any) -> None:
	factory.purchase(10, 1).submit()
	sale = factory.sale(items=[factory.line(factory.preform, 4, 9)])
	sale.submit()
	factory.purchase(30, 3).submit()
	sale.cancel()
	assert factory.stock(factory.preform) == (40, 100)
	assert_laws(factory)


def test_a_blow_whose_bottles_were_sold_is_not_cancelled(factory: Any) -> None:
	factory.purchase().submit()
	blow = factory.blow()
	blow.submit()
	sale = factory.sale(1)
	sale.submit()
	with pytest.raises(InTheWayError) as caught:
		blow.cancel()
	assert caught.value.answer()["voucher_no"] == sale.name


def test_what_is_in_the_way_is_of_the_day_on_its_form(kolkata: None, factory: Any, db: Any) -> None:
	"""Half past midnight in Kolkata is the day before in New York: forms say the factory's day there, too."""
	day = add_days(nowdate(), -2)
	purchase = factory.purchase(date=add_days(nowdate(), -3)).submit()
	blow = factory.blow(10, 9, date=day, posting_time="00:30:00").submit()
	live_in(db, NEW_YORK)
	with as_user("manager"), pytest.raises(InTheWayError) as caught:
		frappe.get_doc("Bottle Purchase", purchase.name).cancel()
	answer = caught.value.answer()
	assert answer["detail"] == (
		f"{blow.name} of {formatdate(day)} takes 10 {factory.preform} out of {factory.warehouse}, "
		"but then only 0 would be there: 10 short"
	)
	assert answer["posting_datetime"] == f"{day} 00:30:00"


def test_a_cancelled_document_is_amended(factory: Any) -> None:
	purchase = factory.purchase(1000, 2)
	purchase.submit()
	purchase.cancel()
	amended = frappe.copy_doc(purchase)
	amended.amended_from = purchase.name
	amended.items[0].quantity = 900
	amended.insert()
	amended.submit()
	assert amended.name == f"{purchase.name}-1"
	assert (amended.status, amended.total_amount) == ("Received", 1800)
	assert factory.stock(factory.preform) == (900, 1800)
	assert_laws(factory)


def test_only_a_cancelled_document_is_amended(factory: Any) -> None:
	purchase = factory.purchase()
	purchase.submit()
	with pytest.raises(frappe.ValidationError, match="is not cancelled"):
		factory.purchase(amended_from=purchase.name)


def test_after_a_cancel_the_earlier_date_is_free_again(factory: Any) -> None:
	today = factory.purchase()
	today.submit()
	today.cancel()
	factory.purchase(5, 1, date=add_days(nowdate(), -1)).submit()
	assert factory.stock(factory.preform) == (5, 5)
	assert_laws(factory)


def test_one_bottle_too_many_leaves_nothing_behind(factory: Any) -> None:
	factory.purchase().submit()
	factory.blow().submit()
	before = books(factory)
	sale = factory.sale(951)
	frappe.db.savepoint("sale")
	with pytest.raises(InsufficientStockError) as caught:
		sale.submit()
	frappe.db.rollback(save_point="sale")
	answer = caught.value.answer()
	assert {
		key: answer[key] for key in ("code", "item_id", "warehouse", "available", "requested", "shortage")
	} == {
		"code": "insufficient_stock",
		"item_id": factory.bottle,
		"warehouse": factory.warehouse,
		"available": 950,
		"requested": 951,
		"shortage": 1,
	}
	assert "950 available, 951 requested, 1 short" in answer["detail"]
	assert books(factory) == before


def test_all_short_lines_are_named(factory: Any) -> None:
	factory.purchase(10, 1).submit()
	lines = [factory.line(factory.preform, 6, 1), factory.line(factory.cap, 1, 1)] * 2
	with pytest.raises(InsufficientStockError) as caught:
		factory.sale(items=lines).submit()
	short = [
		(one["item_id"], one["requested"], one["shortage"]) for one in caught.value.answer()["shortages"]
	]
	assert sorted(short) == sorted([(factory.preform, 12, 2), (factory.cap, 2, 2)])


def close(until: str) -> None:
	settings = frappe.get_single("Bottle Mfg Settings")
	settings.closed_until = until
	settings.save()


def test_nothing_moves_in_a_closed_period(factory: Any) -> None:
	posted = factory.purchase(date=add_days(nowdate(), -5))
	posted.submit()
	draft = factory.purchase(date=add_days(nowdate(), -5))
	close(add_days(nowdate(), -5))
	for act in (draft.submit, posted.cancel):
		with pytest.raises(ClosedPeriodError):
			act()
	factory.purchase(date=add_days(nowdate(), -4)).submit()
	assert factory.stock(factory.preform) == (2000, 4000)


def test_today_cannot_be_closed(factory: Any) -> None:
	with pytest.raises(frappe.ValidationError, match="Only days before today can be closed"):
		close(nowdate())
