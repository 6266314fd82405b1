"""422: everything that is wrong with a document is said at once, and nothing of it is saved."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error


@pytest.fixture
def shop(shared: Any) -> Any:
	"""Nothing is saved here."""
	return shared


Faults = set[tuple[tuple[str | int, ...], str]]


def faults(body: dict[str, Any]) -> Faults:
	assert body["code"] == "invalid_value"
	for fault in body["detail"]:
		assert set(fault) == {"loc", "msg", "type"}
		assert fault["msg"]
	return {(tuple(fault["loc"]), fault["type"]) for fault in body["detail"]}


def sale(shop: Any, **changes: Any) -> dict[str, Any]:
	"""A good sale of one bottle at 4.00, with changes; `line` changes its only line."""
	line = shop.line(shop.bottle, 1, 4) | changes.pop("line", {})
	return {"customer": shop.customer, "warehouse": shop.warehouse, "items": [line]} | changes


def purchase(shop: Any, **changes: Any) -> dict[str, Any]:
	line = shop.line(shop.preform, 1, 2) | changes.pop("line", {})
	return {"supplier": shop.supplier, "warehouse": shop.warehouse, "items": [line]} | changes


def blow(shop: Any, **changes: Any) -> dict[str, Any]:
	values = {"warehouse": shop.warehouse, "from_item": shop.preform, "to_item": shop.bottle}
	return values | {"quantity": 10, "good_quantity": 9} | changes


NO_NUMBERS = [
	("abc", "number"),
	("1,000", "number"),
	(float("nan"), "number"),
	(float("inf"), "number"),
	([1], "number"),
	({"a": 1}, "number"),
	(True, "number"),
	("9" * 400, "less_than_equal"),
	(1e15, "less_than_equal"),
	(-1, "greater_than"),
	(0, "greater_than"),
	(1.5, "whole_number"),
	("0.0001", "decimal_places"),
	(1e-400, "greater_than"),
]


@pytest.mark.parametrize(("wrong", "kind"), NO_NUMBERS, ids=lambda value: repr(value)[:20])
def test_quantities(wrong: Any, kind: str, shop: Any, sales: Client, stock: Client) -> None:
	# requests refuses to write NaN, which other clients do write.
	def post(client: Client, doctype: str, doc: dict[str, Any]) -> dict[str, Any]:
		headers = {"Content-Type": "application/json"}
		return error(client.send("POST", f"resource/{doctype}", data=json.dumps(doc), headers=headers), 422)

	line = ("items", 0, "quantity")
	assert faults(post(sales, "Bottle Sale", sale(shop, line={"quantity": wrong}))) == {(line, kind)}
	assert faults(post(stock, "Bottle Purchase", purchase(shop, line={"quantity": wrong}))) == {(line, kind)}
	assert ((("quantity",), kind)) in faults(post(stock, "Blow", blow(shop, quantity=wrong)))


PRICES = [
	("x", "number"),
	(-0.01, "greater_than_equal"),
	("0.00001", "decimal_places"),
	(1e12, "less_than_equal"),
]


@pytest.mark.parametrize(("wrong", "kind"), PRICES)
@pytest.mark.parametrize("field", ["unit_price", "blow_price"])
def test_prices(field: str, wrong: Any, kind: str, shop: Any, sales: Client) -> None:
	refused = error(sales.insert("Bottle Sale", **sale(shop, line={field: wrong})), 422)
	assert faults(refused) == {(("items", 0, field), kind)}


SALES = {
	"nothing at all": (lambda shop: {}, {(("customer",), "missing"), (("items",), "missing")}),
	"no lines": (lambda shop: sale(shop, items=[]), {(("items",), "missing")}),
	"a line of nothing": (
		lambda shop: sale(shop, items=[{}]),
		{
			(("items", 0, "item"), "missing"),
			(("items", 0, "quantity"), "missing"),
			(("items", 0, "unit_price"), "missing"),
		},
	),
	"an item that is an empty list": (
		lambda shop: sale(shop, line={"item": []}),
		{(("items", 0, "item"), "missing")},
	),
	"no quantity": (
		lambda shop: sale(shop, line={"quantity": None}),
		{(("items", 0, "quantity"), "missing")},
	),
	"lines as text": (lambda shop: sale(shop, items="abc"), {(("items",), "list")}),
	"lines as object": (lambda shop: sale(shop, items={"item": "x"}), {(("items",), "list")}),
	"lines as number": (lambda shop: sale(shop, items=5), {(("items",), "list")}),
	"a customer list": (lambda shop: sale(shop, customer=[shop.customer]), {(("customer",), "string")}),
	"a customer object": (lambda shop: sale(shop, customer={"name": "x"}), {(("customer",), "string")}),
	"a long name": (lambda shop: sale(shop, customer="x" * 141), {(("customer",), "string_too_long")}),
	"half a character": (lambda shop: sale(shop, customer="\ud800"), {(("customer",), "string")}),
	"a long note": (lambda shop: sale(shop, notes="x" * 65536), {(("notes",), "string_too_long")}),
	"no date": (lambda shop: sale(shop, date="yesterday"), {(("date",), "date")}),
	"no such day": (lambda shop: sale(shop, date="2025-02-30"), {(("date",), "date")}),
	"the future": (lambda shop: sale(shop, date="2999-01-01"), {(("date",), "date_past")}),
	"no due date": (lambda shop: sale(shop, due_date=[1]), {(("due_date",), "date")}),
	"no time": (
		lambda shop: sale(shop, date="2025-01-01", posting_time="25:00"),
		{(("posting_time",), "time")},
	),
}


@pytest.mark.parametrize("case", SALES)
def test_a_sale(case: str, shop: Any, sales: Client) -> None:
	values, expected = SALES[case]
	# The standard library writes half a character as \ud800, as a client would.
	body = json.dumps(values(shop))
	answer = sales.send(
		"POST", "resource/Bottle Sale", data=body, headers={"Content-Type": "application/json"}
	)
	assert faults(error(answer, 422)) == expected


BLOWS = {
	"more good than blown": ({"good_quantity": 11}, {(("good_quantity",), "less_than_equal")}),
	"no good ones": ({"good_quantity": 0}, {(("good_quantity",), "greater_than")}),
	"no such shift": ({"shift": "Noon"}, {(("shift",), "enum")}),
	"a shift list": ({"shift": ["Night"]}, {(("shift",), "enum")}),
	"too many rejects": (
		{"rejects": [{"reason": "Leak", "quantity": 2}]},
		{(("rejects",), "less_than_equal")},
	),
	"rejects without reason": ({"rejects": [{"quantity": 1}]}, {(("rejects", 0, "reason"), "missing")}),
	"a negative cost": ({"blow_cost_per_unit": -1}, {(("blow_cost_per_unit",), "greater_than_equal")}),
	"a long machine": ({"machine": "m" * 141}, {(("machine",), "string_too_long")}),
}


@pytest.mark.parametrize("case", BLOWS)
def test_a_blow(case: str, shop: Any, stock: Client) -> None:
	changes, expected = BLOWS[case]
	assert faults(error(stock.insert("Blow", **blow(shop, **changes)), 422)) == expected


REQUIRED = {
	"Bottle Sale": (sale, ["quantity"]),
	"Bottle Purchase": (purchase, ["quantity", "unit_price"]),
}


@pytest.mark.parametrize("empty", [None, ""], ids=repr)
@pytest.mark.parametrize("doctype", REQUIRED)
def test_numbers_that_are_not_there(doctype: str, empty: Any, shop: Any, manager: Client) -> None:
	build, names = REQUIRED[doctype]
	body = error(manager.insert(doctype, docstatus=1, **build(shop, line=dict.fromkeys(names, empty))), 422)
	assert faults(body) == {(("items", 0, name), "missing") for name in names}
	body = error(manager.insert("Blow", docstatus=1, **blow(shop, quantity=empty, good_quantity=empty)), 422)
	assert faults(body) == {(("quantity",), "missing"), (("good_quantity",), "missing")}


def test_items_of_the_wrong_kind(shop: Any, stock: Client) -> None:
	swapped = blow(shop, from_item=shop.bottle, to_item=shop.preform)
	assert faults(error(stock.insert("Blow", **swapped), 422)) == {
		(("from_item",), "item_type"),
		(("to_item",), "item_type"),
	}


def test_what_is_disabled(factory: Any, stock: Client, db: Any) -> None:
	for doctype, name in (
		("Bottle Item", factory.preform),
		("Bottle Warehouse", factory.warehouse),
		("Bottle Supplier", factory.supplier),
	):
		db.set_value(doctype, name, "disabled", 1)
	db.commit()
	assert faults(error(stock.insert("Bottle Purchase", **purchase(factory)), 422)) == {
		(("items", 0, "item"), "disabled"),
		(("warehouse",), "disabled"),
		(("supplier",), "disabled"),
	}


def test_everything_at_once(shop: Any, sales: Client) -> None:
	lines = [
		shop.line(shop.bottle, -1, -1),
		"no line",
		{"item": 7.5, "quantity": "many", "unit_price": None},
		shop.line(shop.bottle, 1.5, 4),
	]
	body = error(sales.insert("Bottle Sale", date="soon", warehouse=shop.warehouse, items=lines), 422)
	assert faults(body) >= {
		(("customer",), "missing"),
		(("date",), "date"),
		(("items", 0, "quantity"), "greater_than"),
		(("items", 0, "unit_price"), "greater_than_equal"),
		(("items", 1), "object"),
		(("items", 2, "quantity"), "number"),
		(("items", 3, "quantity"), "whole_number"),
	}


@pytest.mark.parametrize(
	"route",
	[
		lambda client, doc: client.send("POST", f"resource/{doc['doctype']}", json=doc),
		lambda client, doc: client.call("frappe.client.insert", doc=doc),
		lambda client, doc: client.call("frappe.client.save", doc=doc),
		lambda client, doc: client.call("frappe.client.submit", doc=doc),
		lambda client, doc: client.call("frappe.client.insert_many", docs=[doc]),
		lambda client, doc: client.save_form(doc, "Save"),
		lambda client, doc: client.save_form(doc, "Submit"),
	],
	ids=["resource", "insert", "save", "submit", "insert_many", "form save", "form submit"],
)
def test_every_route_says_the_same(route: Any, shop: Any, sales: Client, db: Any) -> None:
	before = db.count("Bottle Sale")
	doc = sale(shop, doctype="Bottle Sale", line={"quantity": 0}) | {"__islocal": 1}
	assert faults(error(route(sales, doc), 422)) == {(("items", 0, "quantity"), "greater_than")}
	db.rollback()
	assert db.count("Bottle Sale") == before


def test_a_change_is_checked_like_a_new_document(shop: Any, sales: Client) -> None:
	name = data(sales.insert("Bottle Sale", **sale(shop)))["name"]
	refused = error(sales.change("Bottle Sale", name, items=[{"item": shop.bottle, "quantity": "x"}]), 422)
	assert faults(refused) == {(("items", 0, "quantity"), "number")}
	refused = error(sales.change("Bottle Sale", name, items="x", date=5), 422)
	assert faults(refused) == {(("items",), "list"), (("date",), "date")}


MASTERS = [
	(
		"Bottle Item",
		{},
		{(("item_code",), "missing"), (("item_name",), "missing"), (("item_type",), "missing")},
	),
	(
		"Bottle Item",
		{
			"item_code": "a::b",
			"item_type": "Cup",
			"selling_price": -1,
			"reorder_level": "x",
			"size_ml": 1.5,
			"weight_g": [1],
			"disabled": "maybe",
			"uom": {},
		},
		{
			(("item_code",), "name"),
			(("item_type",), "enum"),
			(("selling_price",), "greater_than_equal"),
			(("reorder_level",), "number"),
			(("size_ml",), "whole_number"),
			(("weight_g",), "number"),
			(("disabled",), "boolean"),
			(("uom",), "enum"),
		},
	),
	(
		"Bottle Item",
		{"item_code": "x" * 61, "item_name": "x", "item_type": "Sold"},
		{(("item_code",), "string_too_long")},
	),
	("Bottle Warehouse", {"warehouse_name": "a::b"}, {(("warehouse_name",), "name")}),
	("Bottle Warehouse", {"warehouse_name": ["a"]}, {(("warehouse_name",), "string")}),
	("Bottle Supplier", {}, {(("supplier_name",), "missing")}),
	(
		"Bottle Customer",
		{"email": "nobody", "phone": "call me", "credit_days": "9" * 30},
		{
			(("customer_name",), "missing"),
			(("email",), "email"),
			(("phone",), "phone"),
			(("credit_days",), "less_than_equal"),
		},
	),
]


@pytest.mark.parametrize(("doctype", "values", "expected"), MASTERS, ids=lambda value: str(value)[:30])
def test_masters(doctype: str, values: dict[str, Any], expected: Faults, manager: Client) -> None:
	assert faults(error(manager.insert(doctype, **values), 422)) == expected


def test_settings(manager: Client) -> None:
	wrong = {"closed_until": "2999-01-01", "default_blow_cost_per_unit": -1, "default_warehouse": 7.5}
	refused = error(manager.change("Bottle Mfg Settings", "Bottle Mfg Settings", **wrong), 422)
	assert faults(refused) >= {
		(("closed_until",), "date_past"),
		(("default_blow_cost_per_unit",), "greater_than_equal"),
	}
