"""Make Purchase over HTTP: who may, what is drafted, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

METHOD = "bottle_mfg.api.v1.make_purchases"


@pytest.fixture(scope="module")
def ordered(site: str) -> Any:
	"""Items of two suppliers that run low, and one that was never bought."""
	import frappe

	from tests.factory import Factory

	frappe.db.rollback()
	frappe.set_user("Administrator")
	factory = Factory()
	factory.other = factory.make("Bottle Supplier", supplier_name=f"Other {factory.tag}").name
	factory.purchase(100, 2).submit()
	caps = [factory.line(factory.cap, 10, 0.5)]
	factory.purchase(items=caps, supplier=factory.other).submit()
	factory.fresh = factory.item("NEW", "Consumable", reorder_level=5, reorder_qty=7)
	for item, level in ((factory.preform, 400), (factory.cap, 30), (factory.bottle, 20)):
		frappe.db.set_value("Bottle Item", item, "reorder_level", level)
	frappe.db.commit()
	yield factory


@pytest.fixture
def asked(ordered: Any, fresh: Any) -> Any:
	"""The items without any draft of them."""
	import frappe

	fresh()
	lines = frappe.get_all(
		"Bottle Purchase Item",
		{"item": ("like", f"%{ordered.tag}"), "docstatus": 0},
		pluck="parent",
		parent_doctype="Bottle Purchase",
	)
	for name in set(lines):
		frappe.delete_doc("Bottle Purchase", name)
	frappe.db.commit()
	return ordered


def lines(*items: str, **values: Any) -> list[dict[str, Any]]:
	return [{"item": item, **values} for item in items]


def test_one_draft_for_each_supplier(stock: Client, asked: Any) -> None:
	answer = stock.call(METHOD, items=lines(asked.preform, asked.cap), warehouse=asked.warehouse)
	assert answer.status_code == 201
	made = {one["supplier"]: one for one in data(answer)["purchases"]}
	assert {name: one["items"] for name, one in made.items()} == {
		asked.supplier: [asked.preform],
		asked.other: [asked.cap],
	}
	draft = data(stock.read("Bottle Purchase", made[asked.supplier]["name"]))
	(line,) = draft["items"]
	assert (draft["docstatus"], draft["warehouse"], draft["owner"]) == (
		0,
		asked.warehouse,
		"stock@bottle.test",
	)
	assert (line["quantity"], line["unit_price"], draft["total_amount"]) == (300, 2, 600)


def test_what_is_asked_for_counts(manager: Client, asked: Any) -> None:
	line = {"item": asked.preform, "quantity": "12", "supplier": asked.other, "unit_price": 1.5}
	(made,) = data(manager.call(METHOD, items=[line, *lines(asked.cap)]))["purchases"]
	draft = data(manager.read("Bottle Purchase", made["name"]))
	assert draft["supplier"] == asked.other
	assert [(one["item"], one["quantity"], one["unit_price"]) for one in draft["items"]] == [
		(asked.preform, 12, 1.5),
		(asked.cap, 20, 0.5),
	]


def test_pressed_twice(stock: Client, manager: Client, asked: Any) -> None:
	(made,) = data(stock.call(METHOD, items=lines(asked.preform)))["purchases"]
	answer = manager.call(METHOD, items=lines(asked.preform, asked.cap))
	body = data(answer)
	assert [one["items"] for one in body["purchases"]] == [[asked.cap]]
	assert [(one["item"], one["code"], one["purchase"]) for one in body["left_out"]] == [
		(asked.preform, "on_draft", made["name"])
	]
	again = manager.call(METHOD, items=lines(asked.preform))
	assert (again.status_code, data(again)["purchases"]) == (200, [])


def test_what_does_not_run_low_is_left_out(stock: Client, asked: Any, fresh: Any) -> None:
	import frappe

	other = asked.item("MUCH", "Consumable")
	frappe.db.commit()
	(left,) = data(stock.call(METHOD, items=lines(other)))["left_out"]
	assert (left["code"], left["purchase"]) == ("not_low", None)


@pytest.mark.parametrize("user", ["sales", "viewer", "guest"])
def test_who_may_not(clients: dict[str, Client], asked: Any, user: str) -> None:
	body = error(clients[user].call(METHOD, items=lines(asked.preform)), 401 if user == "guest" else 403)
	assert asked.supplier not in str(body)


def test_who_may_not_see_prices_orders_nothing(manager: Client, asked: Any, admin: Client) -> None:
	"""A role of an admin's own that may make purchases, but not read what they come to."""
	import frappe
	from frappe.permissions import add_permission, update_permission_property

	add_permission("Bottle Purchase", "Bottle Viewer", 0)
	update_permission_property("Bottle Purchase", "Bottle Viewer", 0, "create", 1)
	frappe.db.commit()
	try:
		viewer = Client(admin.url).login("viewer@bottle.test")
		error(viewer.call(METHOD, items=lines(asked.preform)), 403)
	finally:
		frappe.db.delete("Custom DocPerm", {"parent": "Bottle Purchase"})
		frappe.db.commit()
		frappe.clear_cache(doctype="Bottle Purchase")


def test_an_item_without_a_supplier_is_refused_and_nothing_made(stock: Client, asked: Any) -> None:
	body = error(stock.call(METHOD, items=lines(asked.preform, asked.fresh, asked.bottle)), 422)
	assert [(fault["loc"], fault["type"]) for fault in body["detail"]] == [
		(["items", 1, "supplier"], "missing"),
		(["items", 1, "unit_price"], "missing"),
		(["items", 2, "supplier"], "missing"),
		(["items", 2, "unit_price"], "missing"),
	]
	assert "never bought" in body["detail"][0]["msg"]
	assert "blown here" in body["detail"][2]["msg"]
	(made,) = data(stock.call(METHOD, items=lines(asked.preform)))["purchases"]
	assert made["items"] == [asked.preform], "the refusal had drafted nothing"


@pytest.mark.parametrize(
	("items", "faults"),
	[
		("milk", [(["items"], "list")]),
		([], [(["items"], "list")]),
		([5, {}], [(["items", 0, "item"], "object"), (["items", 1, "item"], "missing")]),
		(
			[
				{"item": "a", "quantity": 0, "unit_price": -1},
				{"item": "A", "quantity": "many", "supplier": 7},
			],
			[
				(["items", 0, "quantity"], "greater_than"),
				(["items", 0, "unit_price"], "greater_than_equal"),
				(["items", 1, "supplier"], "string"),
				(["items", 1, "quantity"], "number"),
				(["items", 1, "item"], "duplicate"),
			],
		),
	],
)
def test_all_faults_at_once(stock: Client, items: Any, faults: list[Any]) -> None:
	body = error(stock.call(METHOD, items=items), 422)
	assert [(fault["loc"], fault["type"]) for fault in body["detail"]] == faults


def test_what_does_not_exist(stock: Client, asked: Any) -> None:
	body = error(stock.call(METHOD, items=lines(asked.preform, "no such item")), 404)
	assert body["missing"] == [{"doctype": "Bottle Item", "name": "no such item"}]
	error(stock.call(METHOD, items=lines(asked.preform, supplier="nobody")), 404)
	error(stock.call(METHOD, items=lines(asked.preform), warehouse="nowhere"), 404)
