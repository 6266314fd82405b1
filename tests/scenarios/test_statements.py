"""How many SQL statements posting takes: a property of the design that users feel as speed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import frappe
import pytest

from bottle_mfg import posting
from bottle_mfg.api.v1 import make_return


def statements(db: Any, act: Callable[[], object]) -> int:
	"""How many statements the database counted on this connection while `act` ran."""

	def asked() -> int:
		return int(db.sql("show session status like 'Questions'")[0][1])

	before = asked()
	act()
	return asked() - before - 1


@pytest.mark.parametrize("make", ["purchase", "sale"])
def test_no_line_adds_a_statement(factory: Any, db: Any, make: str) -> None:
	items = [factory.item(f"S{number}", "Sold") for number in range(40)]
	factory.purchase(items=[factory.line(item, 1000, 1) for item in items]).submit()
	counts = {}
	for lines in (1, 40):
		doc = getattr(factory, make)(items=[factory.line(item, 1, 2) for item in items[:lines]])
		doc.docstatus = 1
		counts[lines] = statements(db, lambda doc=doc: posting.post(doc.voucher()))
		assert len(factory.ledger(items[0])) == {1: 2, 40: 3}[lines]
	assert counts[1] == counts[40]
	assert counts[1] <= 5


def test_cancelling_takes_as_many_for_forty_lines_as_for_one(factory: Any, db: Any) -> None:
	items = [factory.item(f"C{number}", "Sold") for number in range(40)]
	counts = []
	for lines in (1, 40):
		doc = factory.purchase(items=[factory.line(item, 1000, 1) for item in items[:lines]])
		doc.submit()
		counts.append(statements(db, lambda doc=doc: posting.cancel(doc.voucher())))
	assert counts[0] == counts[1]
	assert counts[0] <= 9


def test_a_new_item_costs_one_statement_more(factory: Any, db: Any) -> None:
	counts = []
	for _ in range(2):
		doc = factory.purchase()
		counts.append(statements(db, lambda doc=doc: posting.post(doc.voucher())))
	assert counts[0] == counts[1] + 1


def test_the_locking_read_goes_by_the_primary_key(factory: Any, db: Any) -> None:
	factory.purchase().submit()
	names = (f"{factory.preform}::{factory.warehouse}", "none::none")
	plan = db.sql(
		"explain select name from `tabBottle Stock` force index (primary) where name in %s order by name for update",
		(names,),
		as_dict=True,
	)
	assert plan[0].key == "PRIMARY"
	assert "filesort" not in (plan[0].Extra or "")


@pytest.fixture
def empty_doctype(db: Any) -> Iterator[str]:
	"""A submittable DocType that does nothing, with the lines of a sale: what Frappe itself takes."""
	name = f"Empty {frappe.generate_hash(length=8)}"
	lines = {"fieldname": "items", "fieldtype": "Table", "label": "Items", "options": "Bottle Sale Item"}
	frappe.get_doc(
		{
			"doctype": "DocType",
			"name": name,
			"module": "Bottle Mfg",
			"custom": 1,
			"is_submittable": 1,
			"track_changes": frappe.get_meta("Bottle Sale").track_changes,
			"autoname": "hash",
			"fields": [lines],
			"permissions": [{"role": "System Manager", "read": 1, "write": 1, "create": 1, "submit": 1}],
		}
	).insert()
	yield name
	db.rollback()
	frappe.delete_doc("DocType", name, force=True)
	db.delete("Bottle Sale Item", {"parenttype": name})
	db.commit()


def insert_and_submit(values: dict[str, Any]) -> None:
	doc = frappe.get_doc(frappe.parse_json(frappe.as_json(values))).insert()
	doc.submit()
	frappe.db.commit()


def test_a_sale_takes_seven_statements_more_than_an_empty_document(
	factory: Any, db: Any, empty_doctype: str
) -> None:
	"""Five for the ledger, one for the number of the bill. Its lines add none."""
	items = [factory.item(f"E{number}", "Sold") for number in range(100)]
	factory.purchase(items=[factory.line(item, 1000, 1) for item in items]).submit()
	sale = {"doctype": "Bottle Sale", "customer": factory.customer, "warehouse": factory.warehouse}
	lines = [factory.line(item, 1, 2) for item in items]
	made = {
		"empty": {"doctype": empty_doctype, "items": lines[:1]},
		"sale": sale | {"items": lines[:1]},
		"long sale": sale | {"items": lines},
	}
	for values in made.values():
		insert_and_submit(values)  # warms caches
	counts = {
		name: statements(db, lambda values=values: insert_and_submit(values)) for name, values in made.items()
	}
	assert counts["sale"] <= counts["empty"] + 7
	assert counts["long sale"] <= counts["sale"] + 2  # many items are read by a query, few from a cache


def test_no_line_adds_a_statement_to_a_return(factory: Any, db: Any) -> None:
	"""Beyond what validating does: claiming the parts, posting them, and crediting the original."""
	items = [factory.item(f"R{number}", "Sold") for number in range(40)]
	factory.purchase(items=[factory.line(item, 1000, 1) for item in items]).submit()
	counts = []
	for lines in (1, 40):
		sale = factory.sale(items=[factory.line(item, 5, 2) for item in items[:lines]]).submit()
		back = frappe.get_doc(make_return(sale.doctype, sale.name)).insert()
		back.docstatus = 1
		counts.append(statements(db, back.post))
	assert counts[0] == counts[1]
	assert counts[0] <= 14
