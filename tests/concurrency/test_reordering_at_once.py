"""Many who order the same items at the same moment: each item is drafted once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import frappe

METHOD = "bottle_mfg.api.v1.make_purchases"


def test_an_item_is_on_one_draft(factory: Any, db: Any, at_once: Callable[..., list[str]]) -> None:
	items = [factory.item(f"C{number}", "Consumable", reorder_level=10) for number in range(6)]
	factory.purchase(items=[factory.line(item, 4, 1) for item in items]).submit()
	# Each asks for four of the six, in an order of his own.
	asked = [[items[(start + step * 5) % 6] for step in range(4)] for start in range(16)]
	tasks = [("call", METHOD, json.dumps({"items": [{"item": item} for item in one]})) for one in asked]
	assert Counter(at_once(tasks)) == {"done": 16}
	lines = frappe.get_all(
		"Bottle Purchase Item",
		{"item": ("in", items), "docstatus": 0},
		["item", "quantity"],
		parent_doctype="Bottle Purchase",
	)
	assert Counter(line.item for line in lines) == dict.fromkeys(items, 1)
	assert {line.quantity for line in lines} == {6}
