"""The past is corrected: what was entered late, wrongly or not at all comes out as if it had been right at once."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.errors import InTheWayError
from bottle_mfg.posting.purge import purge
from tests.laws import assert_laws
from tests.scenarios.test_corrections import books


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


def costs(sale: Any) -> tuple[float, float, float, float]:
	sale.reload()
	return (sale.items[0].unit_cost, sale.cost_of_goods, sale.profit, sale.items[0].profit)


def changes(doc: Any) -> list[tuple[float, float, str]]:
	"""(old cost, new cost, because of which document) of each audit row of a document."""
	return frappe.db.sql(
		"""select old_cost, new_cost, because_of from `tabBottle Cost Change`
		where document_type = %s and document = %s order by name""",
		(doc.doctype, doc.name),
	)


def test_a_bill_that_arrives_late_changes_what_was_made_and_sold_since(factory: Any) -> None:
	factory.purchase(1000, 2, date=days_ago(9)).submit()
	blow = factory.blow(1000, 950, date=days_ago(6))
	blow.submit()
	sale = factory.sale(95, 4, date=days_ago(4))
	sale.submit()
	assert costs(sale) == (2.1053, 200, 180, 180)

	late = factory.purchase(1000, 4, date=days_ago(8))
	late.submit()

	assert costs(sale) == (3.1579, 300, 80, 80)
	blow.reload()
	assert (blow.material_cost, blow.total_cost, blow.produced_unit_cost) == (3000, 3000, 3.1579)
	assert factory.stock(factory.preform) == (1000, 3000)
	assert factory.stock(factory.bottle) == (855, 2700)
	assert changes(blow) == ((2000, 3000, late.name),)
	assert changes(sale) == ((200, 300, late.name),)
	assert_laws(factory)


def test_the_order_of_entering_does_not_matter(factory: Any) -> None:
	"""The same documents, entered in the order of their days and all mixed up."""
	from tests.factory import Factory

	def documents(of: Any) -> list[Any]:
		return [
			of.purchase(300, "1.11", date=days_ago(9), other_charges=7),
			of.purchase(100, "2.37", date=days_ago(8)),
			of.blow(150, 141, date=days_ago(7), blow_cost_per_unit="0.13"),
			of.sale(33, "3.03", date=days_ago(6)),
			of.purchase(77, "1.93", date=days_ago(5)),
			of.blow(177, 170, date=days_ago(4), blow_cost_per_unit="0.07"),
			of.sale(240, "3.5", date=days_ago(3)),
		]

	one, other = factory, Factory()
	for document in documents(one):
		document.submit()
	late = documents(other)
	for number in (0, 4, 2, 5, 3, 1, 6):
		late[number].submit()
	assert _figures(one) == _figures(other)
	assert_laws(other)


def _figures(factory: Any) -> Any:
	stock, totals, ledger = books(factory)
	return (
		[(row.quantity, row.value, row.unit_cost) for row in stock],
		sorted((row[0], *row[2:]) for row in totals),
		[
			(entry["quantity"], entry["value"], entry["balance_quantity"], entry["balance_value"])
			for entry in ledger
		],
	)


def test_a_wrong_purchase_is_cancelled_and_amended_after_its_goods_were_used(factory: Any) -> None:
	factory.purchase(1000, 1, date=days_ago(9)).submit()
	wrong = factory.purchase(1000, 30, date=days_ago(8))
	wrong.submit()
	blow = factory.blow(500, 500, date=days_ago(7))
	blow.submit()
	sale = factory.sale(100, 20, date=days_ago(6))
	sale.submit()
	assert costs(sale)[1] == 1550
	wrong.cancel()
	assert costs(sale)[1] == 100
	amended = frappe.copy_doc(wrong)
	amended.amended_from = wrong.name
	amended.items[0].unit_price = 3
	amended.insert()
	amended.submit()
	assert costs(sale)[1] == 200
	assert [row[2] for row in changes(sale)] == [wrong.name, amended.name]
	assert_laws(factory)


def test_cancelled_in_the_past_is_as_if_never_entered(factory: Any) -> None:
	factory.purchase(100, "1.2345", date=days_ago(9)).submit()
	factory.blow(40, 37, date=days_ago(7), blow_cost_per_unit="0.1").submit()
	factory.sale(11, 4, date=days_ago(5)).submit()
	before = books(factory)
	documents = [
		factory.purchase(50, "9.99", date=days_ago(8)),
		factory.blow(10, 9, date=days_ago(6), blow_cost_per_unit="0.5"),
		factory.sale(3, 4, date=days_ago(6)),
	]
	for document in documents:
		document.submit()
		assert_laws(factory)
	for document in documents:
		document.reload()
		document.cancel()
		assert_laws(factory)
	assert books(factory) == before


def test_a_sale_in_the_past_that_leaves_too_little_for_a_later_one_is_refused(factory: Any) -> None:
	factory.purchase(10, 1, date=days_ago(9)).submit()

	def sell(quantity: int, days: int) -> Any:
		return factory.sale(items=[factory.line(factory.preform, quantity, 2)], date=days_ago(days))

	sell(4, 5).submit()
	first_short = sell(5, 3)
	first_short.submit()
	sell(1, 2).submit()
	before = books(factory)
	frappe.db.savepoint("late")
	with pytest.raises(InTheWayError) as caught:
		sell(2, 7).submit()
	frappe.db.rollback(save_point="late")
	answer = caught.value.answer()
	assert (answer["voucher_no"], answer["available"], answer["shortage"]) == (first_short.name, 4, 1)
	assert answer["posting_datetime"].startswith(days_ago(3))
	assert books(factory) == before


def test_what_is_sold_out_stops_the_correction(factory: Any) -> None:
	"""Once a balance is what it was, documents after it are not touched."""
	other = factory.item("PET", "Preform")
	factory.purchase(100, 1, date=days_ago(9)).submit()
	factory.purchase(items=[factory.line(other, 100, 5)], date=days_ago(9)).submit()
	factory.blow(100, 100, date=days_ago(7)).submit()
	reached = factory.sale(100, 9, date=days_ago(6))
	reached.submit()
	factory.blow(100, 100, from_item=other, date=days_ago(5)).submit()
	untouched = factory.sale(40, 9, date=days_ago(4))
	untouched.submit()
	before = [frappe.db.get_value("Bottle Sale", doc.name, "modified") for doc in (reached, untouched)]
	factory.purchase(100, 3, date=days_ago(8)).submit()
	after = [frappe.db.get_value("Bottle Sale", doc.name, "modified") for doc in (reached, untouched)]
	assert [one != other for one, other in zip(before, after, strict=True)] == [True, False]
	assert (costs(reached)[1], costs(untouched)[1]) == (200, 200)
	assert_laws(factory)


def test_daily_totals_follow_on_their_own_days(factory: Any) -> None:
	factory.purchase(1000, 2, date=days_ago(9)).submit()
	factory.blow(1000, 1000, date=days_ago(6)).submit()
	factory.sale(100, 4, date=days_ago(4)).submit()
	factory.sale(100, 4, date=days_ago(3)).submit()
	factory.purchase(1000, 4, date=days_ago(8)).submit()
	rows = frappe.db.sql(
		"""select date, cast(cost_of_goods as char), cast(revenue as char) from `tabBottle Daily Total`
		where item = %s and sold_quantity > 0 order by date""",
		(factory.bottle,),
	)
	assert [(str(day), D(cost), D(revenue)) for day, cost, revenue in rows] == [
		(days_ago(4), 300, 400),
		(days_ago(3), 300, 400),
	]


def test_what_was_never_real_leaves_no_audit_rows(factory: Any) -> None:
	documents = [
		factory.purchase(10, 1, date=days_ago(5)),
		factory.sale(items=[factory.line(factory.preform, 5, 9)], date=days_ago(3)),
		factory.purchase(10, 3, date=days_ago(4)),
	]
	for document in documents:
		document.submit()
	assert changes(documents[1])
	purge([factory.preform], [(document.doctype, document.name) for document in documents])
	assert not changes(documents[1])
	assert factory.ledger(factory.preform, live=False) == []


def test_two_documents_of_one_moment_keep_the_order_of_entering(factory: Any) -> None:
	at = {"date": days_ago(3), "posting_time": "10:00:00"}
	factory.purchase(10, 1, **at).submit()
	sale = factory.sale(items=[factory.line(factory.preform, 5, 9)], **at)
	sale.submit()
	factory.purchase(10, 3, **at).submit()
	assert costs(sale)[0] == 1
	assert factory.stock(factory.preform) == (15, 35)
	assert_laws(factory)
