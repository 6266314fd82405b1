"""Five thousand rows at once: how long they take, and what others meet meanwhile, is printed."""

from __future__ import annotations

import resource
import time
from typing import Any

import frappe
import pytest
from frappe.utils import nowdate

from tests.imports import faults, imported
from tests.laws import assert_laws

MANY = 5000


def took(doctype: str, rows: list[list[Any]], **values: Any) -> Any:
	"""The Data Import of these rows, with the time and memory that it took printed."""
	begun = time.monotonic()
	doc = imported(doctype, rows, **values)
	peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
	seconds = time.monotonic() - begun
	print(f"\n{doctype}: {len(rows) - 1} rows in {seconds:.0f} s, {doc.status}, at most {peak} MB in use")
	return doc


@pytest.mark.slow
@pytest.mark.timeout(3000)  # some ten minutes of work
def test_many_rows(factory: Any) -> None:
	codes = [f"M{number:04}-{factory.tag}" for number in range(MANY)]
	rows = [["Item Code", "Item Type"], *([code, "Preform"] for code in codes)]
	bad = [*rows[:-1], [codes[-1], "Brick"]]
	assert faults(took("Bottle Item", bad))[0][0] == MANY + 1
	assert took("Bottle Item", rows).status == "Success"

	headings = ["Supplier", "Date", "Warehouse", "Item (Items)", "Quantity (Items)", "Unit Price (Items)"]
	of_one = [factory.supplier, nowdate(), factory.warehouse]
	singles = [headings, *([*of_one, code, 10, 2] for code in codes)]
	assert took("Bottle Purchase", singles, submit_after_import=1).status == "Success"
	lines = [
		headings,
		*([*(of_one if not number % 50 else ["", "", ""]), code, 10, 2] for number, code in enumerate(codes)),
	]
	assert took("Bottle Purchase", lines, submit_after_import=1).status == "Success"
	assert frappe.db.count("Bottle Purchase", {"supplier": factory.supplier}) == MANY + MANY // 50
	assert factory.stock(codes[0]) == (20, 40)
	assert_laws(factory)
