"""Eight processes that bring back the same goods: never more than went out, and nobody waits in a circle."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import frappe

from bottle_mfg.api.v1 import make_return
from tests.concurrency.test_posting_at_once import submits
from tests.laws import assert_laws

Run = Callable[[list[tuple[str, str, str]]], list[str]]


def sold(factory: Any, quantity: float, unit_price: float = 4) -> Any:
	factory.purchase(items=[factory.line(factory.bottle, quantity, "3.3333")]).submit()
	return factory.sale(quantity, unit_price).submit()


def draft(original: Any, quantity: float) -> Any:
	back = frappe.get_doc(make_return(original.doctype, original.name))
	back.items[0].quantity = quantity
	return back.insert()


def parts(original: Any) -> list[tuple[float, float]]:
	"""What live returns have taken back of a document's only line, by the returns' own lines."""
	rows = frappe.db.sql(
		f"""select item.returned_start, item.quantity from `tab{original.doctype} Item` item
		join `tab{original.doctype}` doc on doc.name = item.parent
		where doc.return_against = %s and doc.docstatus = 1 order by item.returned_start""",
		(original.name,),
	)
	held = frappe.get_doc("Bottle Returned Goods", original.name).parts
	kept = [
		(float(start), float(quantity))
		for line in json.loads(held).values()
		for start, quantity in line.values()
	]
	assert sorted(kept) == list(rows)
	return list(rows)


def test_the_last_unit_comes_back_once(factory: Any, at_once: Run) -> None:
	for _ in range(3):
		sale = sold(factory, 1)
		backs = [draft(sale, 1) for _ in range(8)]
		assert Counter(at_once(submits(backs))) == {"done": 1, "over_return": 7}
		assert parts(sale) == [(0, 1)]
	assert factory.stock(factory.bottle)[0] == 3
	assert_laws(factory)


def test_never_more_than_was_sold_and_all_of_its_cost(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 100)
	backs = [draft(sale, 1 + number % 3) for number in range(72)]
	outcomes = at_once(submits(backs))
	assert set(outcomes) == {"done", "over_return"}
	came_back = sum(quantity for _start, quantity in parts(sale))
	assert came_back > 97
	left = 100 - came_back
	if left:
		draft(sale, left).submit()
	reached = 0
	for start, quantity in parts(sale):
		assert start == reached
		reached += quantity
	assert reached == 100
	assert factory.stock(factory.bottle) == (100, D(str(sale.cost_of_goods)))
	assert_laws(factory)


def test_returns_made_and_submitted_at_once(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 24)
	document = {
		"doctype": "Bottle Sale",
		"docstatus": 1,
		"is_return": 1,
		"return_against": sale.name,
		"warehouse": factory.warehouse,
		"items": [{"item": factory.bottle, "quantity": 1}],
	}
	outcomes = at_once([("insert", "Bottle Sale", json.dumps(document))] * 32)
	assert Counter(outcomes) == {"done": 24, "over_return": 8}
	assert factory.stock(factory.bottle)[0] == 24
	assert_laws(factory)


def test_the_first_returns_of_many_sales(factory: Any, at_once: Run) -> None:
	"""Each makes the row that says what came back of its sale."""
	factory.purchase(items=[factory.line(factory.bottle, 48, 3)]).submit()
	sales = [factory.sale(1).submit() for _ in range(48)]
	assert Counter(at_once(submits([draft(sale, 1) for sale in sales]))) == {"done": 48}
	assert factory.stock(factory.bottle) == (48, 144)
	assert_laws(factory)


def test_a_sale_is_cancelled_while_its_goods_come_back(factory: Any, at_once: Run) -> None:
	"""One of the two: a sale without returns is gone, or it stands with one."""
	for _ in range(4):
		sale = sold(factory, 5)
		tasks = [("cancel", sale.doctype, sale.name), *submits([draft(sale, 1) for _ in range(7)])]
		outcomes = at_once(tasks)
		sale.reload()
		came_back = outcomes[1:].count("done")
		if outcomes[0] == "done":
			assert (sale.docstatus, came_back) == (2, 0)
		else:
			assert (sale.docstatus, outcomes[0]) == (1, "has_returns")
			assert came_back == 5
		assert_laws(factory)


def test_returns_and_cancels_of_returns(factory: Any, at_once: Run) -> None:
	sale = sold(factory, 20)
	first = [draft(sale, 2).submit() for _ in range(8)]
	tasks = [("cancel", one.doctype, one.name) for one in first]
	outcomes = at_once([*tasks, *submits([draft(sale, 1) for _ in range(4)])])
	assert Counter(outcomes) == {"done": 12}
	assert [quantity for _start, quantity in parts(sale)] == [1] * 4
	assert factory.stock(factory.bottle)[0] == 4
	assert_laws(factory)


def test_preforms_go_back_while_they_are_used(factory: Any, at_once: Run) -> None:
	purchase = factory.purchase(40, "2.5", other_charges=7).submit()
	backs = [draft(purchase, 3) for _ in range(16)]
	blows = [factory.blow(2, 2) for _ in range(16)]
	outcomes = at_once(submits([doc for pair in zip(backs, blows, strict=True) for doc in pair]))
	assert set(outcomes) <= {"done", "over_return", "insufficient_stock"}
	assert factory.stock(factory.preform)[0] < 3
	assert_laws(factory)
