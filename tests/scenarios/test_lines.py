"""How the lines of a document get into the database: all of them, as they stand, and together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest

from tests.scenarios.test_statements import statements


@pytest.fixture
def items(factory: Any) -> list[str]:
	return [factory.item(f"L{number:02}", "Sold") for number in range(40)]


def stored(name: str) -> list[tuple[Any, ...]]:
	return [
		(row.idx, row.item, row.quantity, row.docstatus)
		for row in frappe.get_all(
			"Bottle Purchase Item",
			filters={"parent": name},
			fields=["idx", "item", "quantity", "docstatus"],
			order_by="idx",
		)
	]


def test_forty_lines_take_as_many_statements_as_six(factory: Any, items: list[str], db: Any) -> None:
	counts = {}
	factory.purchase(items=[factory.line(item, 1, 1) for item in items]).submit()  # makes the balances
	for lines in (6, 6, 40):  # the first fills the caches
		doc = frappe.get_doc(
			{
				"doctype": "Bottle Purchase",
				"supplier": factory.supplier,
				"warehouse": factory.warehouse,
				"items": [factory.line(item, 1, 2) for item in items[:lines]],
			}
		)
		db.value_cache.clear()
		steps: list[Callable[[], object]] = [doc.insert, doc.save, doc.submit]
		counts[lines] = [statements(db, step) for step in steps]
		assert len(stored(doc.name)) == lines
	assert counts[6] == counts[40]


def test_lines_changed_added_and_removed_in_one_go(factory: Any, items: list[str], db: Any) -> None:
	doc = factory.purchase(items=[factory.line(item, 1, 1) for item in items[:4]])
	first, second, _third, fourth = doc.items
	second.quantity = 7
	doc.set("items", [fourth, first, second])
	doc.append("items", factory.line(items[8], 9, 1))
	doc.append("items", factory.line(items[9], 3, 1))
	doc.save()
	wanted = [(items[3], 1), (items[0], 1), (items[1], 7), (items[8], 9), (items[9], 3)]
	assert stored(doc.name) == [(place, item, pieces, 0) for place, (item, pieces) in enumerate(wanted, 1)]
	doc.submit()
	assert stored(doc.name) == [(place, item, pieces, 1) for place, (item, pieces) in enumerate(wanted, 1)]


@pytest.mark.parametrize("left", [0, 1, 2])
def test_few_lines_are_left(factory: Any, items: list[str], db: Any, left: int) -> None:
	doc = factory.purchase(items=[factory.line(item, 1, 1) for item in items[:3]])
	doc.set("items", doc.items[:left])
	if not left:
		doc.append("items", factory.line(items[9], 5, 1))
	doc.save()
	assert [line[1] for line in stored(doc.name)] == (items[:left] or [items[9]])


def test_a_name_that_is_taken_takes_nothing_away(factory: Any, items: list[str], db: Any) -> None:
	lines = [factory.line(item, 1, 1) for item in items[:3]]
	there = factory.purchase(items=lines)
	other = frappe.copy_doc(there)
	other.name = f"PO-{factory.tag}"
	other.set_parent_in_children()
	other.docstatus = 0
	for row in other.items:
		row.docstatus = 0
		row.name = frappe.generate_hash(length=10)
	other.items[1].name = there.items[1].name
	with pytest.raises(frappe.DuplicateEntryError):
		other.db_insert()
		for row in other.items:
			row.db_insert()
	assert [line[1] for line in stored(there.name)] == items[:3]
