"""The methods of version 1: who may call them, what they say to whom, and what they refuse."""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from typing import Any

import pytest

from tests.conftest import make_user
from tests.rest.conftest import Client, data, error

AVAILABILITY = "bottle_mfg.api.v1.availability"
LAST_PRICE = "bottle_mfg.api.v1.last_purchase_price"


@pytest.mark.parametrize(
	("person", "costs"), [("manager", True), ("stock", True), ("sales", False), ("viewer", False)]
)
def test_availability(person: str, costs: bool, shared: Any, clients: dict[str, Client]) -> None:
	items = [shared.bottle, "no such item", shared.preform, shared.bottle]
	rows = data(clients[person].call(AVAILABILITY, items=items, warehouse=shared.warehouse))
	assert [row["item_id"] for row in rows] == items
	assert [row["quantity"] for row in rows] == [950, 0, 0, 950]
	assert {row["warehouse"] for row in rows} == {shared.warehouse}
	for row in rows:
		assert ("unit_cost" in row) == ("value" in row) == costs
	if costs:
		assert (rows[0]["unit_cost"], rows[0]["value"]) == (2.1053, 2000)
		assert (rows[1]["unit_cost"], rows[1]["value"]) == (0, 0)


def test_the_ways_to_ask(shared: Any, sales: Client) -> None:
	asked = {"warehouse": shared.warehouse}
	for items in (json.dumps([shared.bottle]), shared.bottle):
		answer = sales.send("GET", f"method/{AVAILABILITY}", params=asked | {"items": items})
		assert data(answer)[0]["quantity"] == 950
	assert data(sales.call(AVAILABILITY, items=[], **asked)) == []
	assert data(sales.call(AVAILABILITY, items=[shared.bottle]))[0]["quantity"] == 0, "the default warehouse"


def test_the_limit(shared: Any, sales: Client) -> None:
	asked = {"warehouse": shared.warehouse}
	assert len(data(sales.call(AVAILABILITY, items=[shared.bottle] * 200, **asked))) == 200
	body = error(sales.call(AVAILABILITY, items=[shared.bottle] * 201, **asked), 422)
	assert body["detail"][0]["loc"] == ["items"]


NO_LISTS = [None, 5, {"a": 1}, [1], [["a"]], [None], "[not json", "[1]"]


@pytest.mark.parametrize("items", NO_LISTS, ids=repr)
def test_no_list_of_items(items: Any, sales: Client) -> None:
	assert error(sales.call(AVAILABILITY, items=items), 422)["code"] == "invalid_value"
	assert error(sales.call(AVAILABILITY), 422)["code"] == "invalid_value"


@pytest.mark.parametrize("warehouse", [5, ["a"], {"a": 1}], ids=repr)
def test_no_warehouse(warehouse: Any, sales: Client) -> None:
	assert error(sales.call(AVAILABILITY, items=["a"], warehouse=warehouse), 422)["detail"][0]["loc"] == [
		"warehouse"
	]


@pytest.mark.parametrize("method", [AVAILABILITY, LAST_PRICE])
def test_guests(method: str, guest: Client) -> None:
	assert error(guest.call(method, items=["a"], item="a"), 401)["code"] == "not_logged_in"


def test_who_has_no_part_in_the_factory(shared: Any, url: str, db: Any) -> None:
	make_user("outsider@bottle.test", "Inbox User")
	db.commit()
	outsider = Client(url).login("outsider@bottle.test")
	assert error(outsider.call(AVAILABILITY, items=[shared.bottle]), 403)["code"] == "not_permitted"
	assert error(outsider.list("Bottle Item"), 403)["code"] == "not_permitted"


@pytest.mark.parametrize(
	("person", "allowed"), [("manager", True), ("stock", True), ("sales", False), ("viewer", False)]
)
def test_last_purchase_price(person: str, allowed: bool, shared: Any, clients: dict[str, Client]) -> None:
	answer = clients[person].call(LAST_PRICE, item=shared.preform)
	if allowed:
		assert data(answer) == 2
	else:
		assert error(answer, 403)["code"] == "not_permitted"


@pytest.mark.parametrize("item", [None, 5, ["a"], {"a": 1}], ids=repr)
def test_no_item(item: Any, stock: Client) -> None:
	assert error(stock.call(LAST_PRICE, item=item), 422)["detail"][0]["loc"] == ["item"]


def test_every_method_says_its_types(site: str) -> None:
	"""Frappe 15 and 16 hold callers to them (hook `require_type_annotated_api_methods`)."""
	import frappe

	assert frappe.get_hooks("require_type_annotated_api_methods", app_name="bottle_mfg") == [True]
	for module in ("bottle_mfg.api.v1", "bottle_mfg.api.counts"):
		for name, function in inspect.getmembers(import_module(module), inspect.isfunction):
			if function in frappe.whitelisted and function.__module__ == module:
				signature = inspect.signature(function)
				kinds = [one.annotation for one in signature.parameters.values()]
				assert inspect.Parameter.empty not in [*kinds, signature.return_annotation], name
