"""Many who sell, and workers that look, at the same moment: everybody is told once."""

from __future__ import annotations

from typing import Any

import frappe

from bottle_mfg.alerts import low_stock
from tests.concurrency.test_posting_at_once import Run, submits

LOOK = [
	("run", "", f"bottle_mfg.alerts.{module}.look_at_all") for module in ("low_stock", "low_stock", "overdue")
]


def test_each_is_told_once(factory: Any, at_once: Run) -> None:
	low_stock.look_at_all()  # what others left is told by now
	items = [factory.item(f"A{number}", "Sold", reorder_level=20) for number in range(3)]
	bought = [factory.line(item, 30, 1) for item in items]
	factory.purchase(items=bought, date="2026-01-05").submit()
	due = {"date": "2026-01-05", "due_date": "2026-01-06"}
	late = factory.sale(items=[factory.line(items[0], 1, 77)], **due).submit()
	frappe.db.set_value("Bottle Sale", late.name, "owner", "sales@bottle.test")
	sales = [factory.sale(items=[factory.line(item, 3, 2)]) for item in items for _time in range(5)]
	assert set(at_once([*submits(sales[:8]), *LOOK, *submits(sales[8:]), *LOOK])) == {"done"}
	assert set(at_once(LOOK * 2)) == {"done"}
	said = frappe.get_all(
		"Notification Log", {"for_user": ("like", "%@bottle.test")}, ["subject", "for_user"]
	)
	for person in ("manager", "stock"):
		his = [one.subject for one in said if one.for_user == f"{person}@bottle.test"]
		assert [sum(item in subject for subject in his) for item in items] == [1] * 3
	assert frappe.db.count("Bottle Alert", {"document_name": late.name}) == 1
	assert len([one for one in said if late.name in one.subject and "sales@" in one.for_user]) <= 1
	refilled = submits([factory.purchase(items=bought)])
	assert set(at_once([*refilled, *LOOK])) == {"done"}
	assert set(at_once(LOOK[:1])) == {"done"}
	assert not frappe.db.exists("Bottle Alert", {"document_name": ("in", items)})
