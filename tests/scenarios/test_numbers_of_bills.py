"""Bill numbers: taken late, without gaps, and whatever way a document comes in."""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from bottle_mfg.errors import InsufficientStockError
from bottle_mfg.patches.v1_0 import raise_counters
from tests.imports import faults, imported


def day_of_its_own(db: Any) -> str:
	"""A day of the 1980s on which no document was ever made."""
	used = {str(day) for day in db.sql("select distinct date from `tabBottle Sale`", pluck=True)}
	return next(
		day
		for day in (f"198{y}-{m:02}-{d:02}" for y in range(10) for m in range(1, 13) for d in range(1, 29))
		if day not in used
	)


def counter(db: Any, day: str) -> int:
	rows = db.sql("select current from `tabSeries` where name = %s", (f"SO-{day[2:].replace('-', '')}-",))
	return rows[0][0] if rows else 0


def test_a_new_document_has_no_number_while_it_is_checked(
	factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	from bottle_mfg.bottle_mfg.doctype.bottle_sale.bottle_sale import BottleSale

	seen: list[Any] = []
	monkeypatch.setattr(BottleSale, "before_save", lambda self: seen.append(self.name), raising=False)
	sale = factory.sale(name="MINE")
	assert seen == [None]
	assert sale.name.startswith("SO-")
	assert [row.parent for row in frappe.get_doc("Bottle Sale", sale.name).items] == [sale.name]


def test_what_is_refused_takes_no_number(factory: Any, db: Any) -> None:
	day = day_of_its_own(db)
	sale = factory.sale(date=day)
	assert counter(db, day) == 1
	with pytest.raises(InsufficientStockError):
		factory.sale(10**6, date=day, docstatus=1)
	assert counter(db, day) == 1
	assert sale.name.endswith("-0001")
	assert factory.sale(date=day).name.endswith("-0002")


def test_a_document_submitted_as_it_is_made_is_posted_under_its_number(factory: Any) -> None:
	factory.purchase(10).submit()
	sale = factory.sale(items=[factory.line(factory.preform, 3, 4)], docstatus=1)
	assert sale.name.startswith("SO-")
	assert factory.ledger(factory.preform)[-1].voucher_no == sale.name
	assert [row.parent for row in frappe.get_doc("Bottle Sale", sale.name).items] == [sale.name]


def test_a_stated_name_is_kept(factory: Any) -> None:
	values = {"doctype": "Bottle Sale", "customer": factory.customer, "warehouse": factory.warehouse}
	doc = frappe.get_doc(values | {"items": [factory.line(factory.bottle, 1, 4)]})
	doc.insert(set_name=f"OLD-{factory.tag}")
	assert doc.name == f"OLD-{factory.tag}"
	assert frappe.db.exists("Bottle Sale Item", {"parent": doc.name})


def stated(factory: Any, name: str, **values: Any) -> Any:
	"""A sale that is made under a name."""
	line = factory.line(factory.bottle, 1, 4)
	wanted = {"doctype": "Bottle Sale", "customer": factory.customer, "warehouse": factory.warehouse}
	return frappe.get_doc(wanted | {"items": [line]} | values).insert(set_name=name)


def test_numbering_goes_on_behind_a_stated_number(factory: Any, db: Any) -> None:
	day = day_of_its_own(db)
	series = f"SO-{day[2:].replace('-', '')}-"
	for name in (f"{series}0002", f"{series}0001", f"{series.lower()}0003"):
		assert stated(factory, name, date=day).name == name
	assert factory.sale(date=day).name == f"{series}0004"
	assert counter(db, day) == 4


def test_what_is_no_number_leaves_the_counter_alone(factory: Any, db: Any) -> None:
	"""Nor does an amended bill count, whose name ends in a number as well."""
	day = day_of_its_own(db)
	series = f"SO-{day[2:].replace('-', '')}-"
	factory.purchase(10, date=day).submit()
	first = factory.sale(items=[factory.line(factory.preform, 1, 4)], date=day, docstatus=1)
	first.cancel()
	amended = frappe.copy_doc(first)
	amended.amended_from = first.name
	assert amended.insert().name == f"{series}0001-1"
	for name in (f"X{series}0005", f"{series}0006-7", f"{series}{'9' * 10}", f"{series}x", "SO-8"):
		stated(factory, name + (factory.tag if name == "SO-8" else ""), date=day)
	assert counter(db, day) == 1
	assert factory.sale(date=day).name == f"{series}0002"


def test_a_stated_number_that_is_refused_counts_for_nothing(factory: Any, db: Any) -> None:
	day = day_of_its_own(db)
	name = f"SO-{day[2:].replace('-', '')}-0005"
	with pytest.raises(InsufficientStockError):
		stated(factory, name, date=day, docstatus=1)
	assert counter(db, day) == 0


def test_a_file_with_numbers_leaves_a_day_to_go_on_with(factory: Any, db: Any) -> None:
	day = day_of_its_own(db)
	series = f"SO-{day[2:].replace('-', '')}-"
	headings = [
		"ID",
		"Customer",
		"Date",
		"Warehouse",
		"Item (Items)",
		"Quantity (Items)",
		"Unit Price (Items)",
	]
	sold = [factory.customer, day, factory.warehouse, factory.bottle, 1, 4]
	done = imported("Bottle Sale", [headings, *([f"{series}000{number}", *sold] for number in (1, 2, 3))])
	assert (done.status, faults(done)) == ("Success", [])
	assert factory.sale(date=day).name == f"{series}0004"


def test_an_import_keeps_the_names_of_its_file_and_numbers_the_rest(
	factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr(frappe.flags, "in_import", True, raising=False)
	assert factory.sale(name=f"FILE-{factory.tag}", docstatus=0).name == f"FILE-{factory.tag}"
	assert factory.sale(docstatus=0, date=frappe.utils.nowdate()).name.startswith("SO-")


def test_counters_go_on_behind_what_an_older_version_let_in(factory: Any, db: Any) -> None:
	day = day_of_its_own(db)
	series = f"SO-{day[2:].replace('-', '')}-"
	for name in (f"{series}0002", f"{series}0011", f"{series}0012-3"):
		stated(factory, name, date=day)
	db.sql("delete from `tabSeries` where name = %s", (series,))
	raise_counters.execute()
	raise_counters.execute()
	assert counter(db, day) == 11
	assert factory.sale(date=day).name == f"{series}0012"


def test_a_site_own_naming_rule_counts(factory: Any, db: Any) -> None:
	rule = frappe.get_doc(
		{
			"doctype": "Document Naming Rule",
			"document_type": "Bottle Sale",
			"prefix": f"R{factory.tag}-",
			"prefix_digits": 3,
		}
	).insert()
	try:
		assert factory.sale().name == f"R{factory.tag}-001"
		assert factory.sale().name == f"R{factory.tag}-002"
	finally:
		rule.delete()
