"""Items, warehouses and partners: what may be renamed, deleted, disabled."""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from bottle_mfg.errors import ConflictError, InvalidValueError
from tests.laws import assert_laws


@pytest.mark.parametrize("what", ["item", "warehouse"])
def test_the_balances_follow_a_new_name(factory: Any, what: str) -> None:
	factory.purchase().submit()
	factory.blow(100, 90).submit()
	if what == "item":
		factory.preform = frappe.rename_doc("Bottle Item", factory.preform, f"NEW-{factory.tag}")
	else:
		factory.warehouse = frappe.rename_doc("Bottle Warehouse", factory.warehouse, f"New {factory.tag}")
	assert factory.stock(factory.preform) == (900, 1800)
	factory.blow(100, 90).submit()
	assert factory.stock(factory.preform) == (800, 1600)
	names = frappe.get_all("Bottle Stock", {"warehouse": factory.warehouse}, pluck="name")
	assert sorted(names) == sorted(
		f"{item}::{factory.warehouse}" for item in (factory.preform, factory.bottle)
	)
	assert_laws(factory)


def test_items_with_stock_of_their_own_are_not_merged(factory: Any) -> None:
	other = factory.item("OTHER", "Preform")
	with pytest.raises(ConflictError, match="cannot be merged"):
		frappe.rename_doc("Bottle Item", factory.preform, other, merge=True)


@pytest.mark.parametrize("new", ["A::B", "::"])
def test_a_name_that_would_read_as_two(factory: Any, new: str) -> None:
	with pytest.raises(InvalidValueError):
		factory.make("Bottle Item", item_code=new, item_type="Bottle")
	with pytest.raises(InvalidValueError):
		factory.make("Bottle Warehouse", warehouse_name=new)
	with pytest.raises(InvalidValueError):
		frappe.rename_doc("Bottle Item", factory.preform, new)


def test_what_has_moved_is_not_deleted(factory: Any) -> None:
	purchase = factory.purchase()
	purchase.submit()
	purchase.cancel()
	for doctype, name in (
		("Bottle Item", factory.preform),
		("Bottle Warehouse", factory.warehouse),
		("Bottle Supplier", factory.supplier),
	):
		with pytest.raises(frappe.LinkExistsError):
			frappe.delete_doc(doctype, name)
	frappe.delete_doc("Bottle Item", factory.cap)


def test_an_item_code_alone_is_enough_of_a_name(factory: Any) -> None:
	item = factory.make("Bottle Item", item_code=f"ONLY-{factory.tag}", item_type="Sold")
	assert (item.name, item.item_name, item.uom) == (item.item_code, item.item_code, "pcs")


def test_the_ledger_is_written_by_documents_only(factory: Any) -> None:
	factory.purchase().submit()
	name = f"{factory.preform}::{factory.warehouse}"
	row = frappe.get_doc("Bottle Stock", name)
	row.quantity = 5
	for act in (row.save, row.delete, lambda: frappe.rename_doc("Bottle Stock", name, "x")):
		with pytest.raises(frappe.PermissionError):
			act()
	for doctype in ("Bottle Stock", "Bottle Ledger Entry", "Bottle Daily Total"):
		with pytest.raises(frappe.PermissionError):
			factory.make(doctype, item=factory.preform, warehouse=factory.warehouse)
	assert factory.stock(factory.preform) == (1000, 2000)
