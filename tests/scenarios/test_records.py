"""The masters that documents name are read from a cache: it is never older than the last change."""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from bottle_mfg.controllers.records import FEW, records, value
from bottle_mfg.errors import InvalidValueError, NotFoundError

FIELDS = ("uom", "disabled")


def test_few_and_many_are_told_alike(factory: Any) -> None:
	codes = [factory.item(f"R{number}", "Sold") for number in range(FEW + 1)]
	many = records("Bottle Item", [*codes, "no such item", None], FIELDS)
	few = {code: records("Bottle Item", [code, "no such item"], FIELDS)[code] for code in codes}
	assert many == few
	assert not frappe.local.message_log


def test_another_spelling_is_another_name(factory: Any) -> None:
	assert value("Bottle Item", factory.preform.lower(), "uom") is None
	assert not records("Bottle Item", [factory.preform.lower()], FIELDS)


def test_what_was_changed_counts_at_once(factory: Any, db: Any) -> None:
	lines = [factory.line(factory.bottle, 1, 4)]
	factory.sale()
	db.set_value("Bottle Item", factory.bottle, "disabled", 1)
	with pytest.raises(InvalidValueError):
		factory.sale(items=lines)
	db.set_value("Bottle Item", factory.bottle, "disabled", 0)
	factory.sale(items=lines)
	customer = frappe.get_doc("Bottle Customer", factory.customer)
	customer.disabled = 1
	customer.save()
	with pytest.raises(InvalidValueError):
		factory.sale(items=lines)


def test_what_was_deleted_is_not_found(factory: Any, db: Any) -> None:
	item = factory.item("GONE", "Sold")
	sale = factory.sale(items=[factory.line(item, 1, 4)])
	sale.delete()
	frappe.delete_doc("Bottle Item", item)
	db.value_cache.clear()  # as in the next request
	with pytest.raises(NotFoundError):
		factory.sale(items=[factory.line(item, 1, 4)])
