"""The whole story of a document can be read from it: who did what, when, from the draft to the cancellation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

SALE, PAYMENT, SETTINGS = "Bottle Sale", "Bottle Payment", "Bottle Mfg Settings"


@pytest.fixture
def limit(manager: Client) -> Iterator[None]:
	data(manager.change(SETTINGS, SETTINGS, approve_sales_above=1000))
	yield
	data(manager.change(SETTINGS, SETTINGS, approve_sales_above=0))


def form(client: Client, doctype: str, name: str) -> Any:
	answer = client.call("frappe.desk.form.load.getdoc", doctype=doctype, name=name)
	assert answer.status_code == 200, answer.text
	return answer.json()


def changes(docinfo: Any) -> list[tuple[str, str, Any, Any]]:
	"""Who changed which field, from what, to what: the oldest first."""
	told = []
	for version in reversed(docinfo["versions"]):
		assert version["creation"]
		found = json.loads(version["data"])
		fields = [*found.get("changed", []), *(one for row in found.get("row_changed", []) for one in row[3])]
		told += [(version["owner"].split("@")[0], field, before, after) for field, before, after in fields]
	return told


def test_the_story_of_a_sale(limit: None, shared: Any, sales: Client, stock: Client, manager: Client) -> None:
	from frappe.utils import add_days, nowdate

	place = {"warehouse": shared.warehouse}
	made = data(
		sales.insert(SALE, customer=shared.customer, items=[shared.line(shared.bottle, 310, 4)], **place)
	)
	name = made["name"]
	data(sales.change(SALE, name, items=[made["items"][0] | {"quantity": 300}], notes="less"))
	error(sales.change(SALE, name, docstatus=1), 403)
	form(manager, SALE, name)
	data(manager.call("bottle_mfg.api.v1.approve", doctype=SALE, name=name))
	data(sales.change(SALE, name, docstatus=1))
	paid = data(sales.insert(PAYMENT, reference_type=SALE, reference_name=name, amount=200, docstatus=1))
	late = {"supplier": shared.supplier, "date": add_days(nowdate(), -1), "docstatus": 1}
	bought = data(
		stock.insert("Bottle Purchase", items=[shared.line(shared.preform, 1000, 4)], **late, **place)
	)
	data(manager.call("frappe.client.cancel", doctype=PAYMENT, name=paid["name"]))
	data(manager.call("frappe.client.cancel", doctype=SALE, name=name))

	story = form(manager, SALE, name)
	(doc,), docinfo = story["docs"], story["docinfo"]
	assert doc["owner"] == "sales@bottle.test"
	assert doc["creation"]
	assert (doc["approved_by"], bool(doc["approved_on"])) == ("manager@bottle.test", True)
	told = changes(docinfo)
	who = {(person, field, str(after)) for person, field, _before, after in told}
	assert ("sales", "notes", "less") in who
	assert [one[0] for one in told if one[1] == "quantity"] == ["sales"]
	assert [(one[0], one[3]) for one in told if one[1] == "docstatus"] == [("sales", 1), ("manager", 2)]
	assert "Approved" in json.dumps(docinfo)
	assert "manager@bottle.test" in {view["owner"] for view in docinfo["views"]}
	(revalued,) = data(
		manager.list(
			"Bottle Cost Change",
			fields=["because_of", "old_cost", "new_cost", "owner", "creation"],
			filters={"document": name},
		)
	)
	assert revalued["because_of"] == bought["name"]
	assert revalued["new_cost"] > revalued["old_cost"] > 0
	assert revalued["creation"]
	payment = form(manager, PAYMENT, paid["name"])
	assert payment["docs"][0]["owner"] == "sales@bottle.test"
	assert ("manager", "docstatus", 1, 2) in changes(payment["docinfo"])


def test_everything_that_people_change_is_tracked(site: str) -> None:
	import frappe
	from frappe.model.base_document import get_controller

	from bottle_mfg.controllers.ledger_document import LedgerDocument

	untracked, unseen = set(), set()
	for doctype in frappe.get_all("DocType", {"module": "Bottle Mfg", "istable": 0}, pluck="name"):
		meta = frappe.get_meta(doctype)
		written = issubclass(get_controller(doctype), LedgerDocument)
		if not meta.track_changes and not written:
			untracked.add(doctype)
		tables = [meta, *(frappe.get_meta(table.options) for table in meta.get_table_fields())]
		costs = any("cost" in field.fieldname and field.permlevel for one in tables for field in one.fields)
		if costs and not meta.track_views and not meta.issingle and doctype != "Bottle Daily Total":
			unseen.add(doctype)
	assert (untracked, unseen) == (set(), set())
