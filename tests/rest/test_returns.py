"""Returns over HTTP, and what a blow uses beside preforms: who may, what is refused, and what counts for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error
from tests.rest.test_costs import figures
from tests.rest.test_faults import Faults, blow, faults

MAKE = "bottle_mfg.api.v1.make_return"
SALE, PURCHASE = "Bottle Sale", "Bottle Purchase"


def new_sale(user: Client, shop: Any, quantity: float = 10, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.bottle, quantity, 4)]
	values = {"customer": shop.customer, "warehouse": shop.warehouse, "items": lines} | values
	return data(user.insert(SALE, docstatus=1, **values))


def new_purchase(user: Client, shop: Any, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.preform, 10, 2)]
	values = {"supplier": shop.supplier, "warehouse": shop.warehouse, "items": lines} | values
	return data(user.insert(PURCHASE, docstatus=1, **values))


def against(shop: Any, name: str, quantity: float = 1, **values: Any) -> dict[str, Any]:
	"""The least that a program sends to take back some bottles."""
	line = {"item": shop.bottle, "quantity": quantity} | values.pop("line", {})
	return {"is_return": 1, "return_against": name, "warehouse": shop.warehouse, "items": [line]} | values


@pytest.fixture(scope="module")
def shop(shared: Any) -> Any:
	return shared


@pytest.fixture
def sold(shop: Any, sales: Client) -> dict[str, Any]:
	return new_sale(sales, shop)


def test_a_salesperson_takes_back_without_seeing_costs(
	shop: Any, sold: dict[str, Any], sales: Client, manager: Client
) -> None:
	made = sales.call(MAKE, doctype=SALE, name=sold["name"])
	draft = data(made)
	assert (draft["is_return"], draft["return_against"]) == (1, sold["name"])
	assert (draft["customer"], draft["items"][0]["quantity"]) == (shop.customer, 10)
	saved = sales.save_form(draft | {"doctype": SALE}, "Submit")
	back = data(saved)["docs"][0]
	assert (back["total_price"], back["owner"]) == (-40, "sales@bottle.test")
	opened = sales.call("frappe.desk.form.load.getdoc", doctype=SALE, name=sold["name"])
	shown = opened.json()["docs"][0]["__onload"]["came_back"]
	assert shown == {"quantities": {sold["items"][0]["name"]: 10}, "returns": [back["name"]]}
	for answer in (made, saved, opened, sales.read(SALE, back["name"])):
		assert not figures(answer.text)
		assert '"profit"' not in answer.text
		assert '"cost"' not in answer.text
	assert data(manager.read(SALE, back["name"]))["cost_of_goods"] == -21.0526


def test_the_least_that_has_to_be_sent(shop: Any, sold: dict[str, Any], sales: Client) -> None:
	back = data(sales.insert(SALE, docstatus=1, **against(shop, sold["name"], 3)))
	[line] = back["items"]
	assert (back["customer"], back["total_price"], back["credited_amount"]) == (shop.customer, -12, -12)
	assert (line["unit_price"], line["amount"], line["against_row"]) == (4, -12, sold["items"][0]["name"])
	spelled = against(shop, sold["name"].lower(), line={"item": shop.bottle.lower()})
	assert data(sales.insert(SALE, docstatus=1, **spelled))["total_price"] == -4


def test_the_sale_of_somebody_else(shop: Any, sold: dict[str, Any], sales2: Client) -> None:
	"""Nor can he learn of it what it was sold for."""
	for answer in (
		sales2.call(MAKE, doctype=SALE, name=sold["name"]),
		sales2.insert(SALE, **against(shop, sold["name"])),
		sales2.insert(SALE, **against(shop, sold["name"], customer=shop.customer, docstatus=1)),
	):
		assert error(answer, 403)["code"] == "not_permitted"
		assert sold["items"][0]["name"] not in answer.text


@pytest.mark.parametrize("person", ["stock", "viewer"])
def test_who_may_not_sell_takes_nothing_back(
	person: str, shop: Any, sold: dict[str, Any], clients: dict[str, Client]
) -> None:
	user = clients[person]
	assert error(user.call(MAKE, doctype=SALE, name=sold["name"]), 403)["code"] == "not_permitted"
	assert error(user.insert(SALE, **against(shop, sold["name"])), 403)["code"] == "not_permitted"


def test_the_stock_user_gives_back(shop: Any, stock: Client) -> None:
	bought = new_purchase(stock, shop, other_charges=1)
	draft = data(stock.call(MAKE, doctype=PURCHASE, name=bought["name"]))
	assert draft["total_amount"] == -21
	back = data(stock.call("frappe.client.insert", doc=draft | {"docstatus": 1}))
	assert (back["total_amount"], back["return_difference"], back["status"]) == (-21, 0, "Returned")


@pytest.mark.parametrize("person", ["sales", "viewer"])
def test_who_may_not_buy_gives_nothing_back(
	person: str, shop: Any, stock: Client, clients: dict[str, Client]
) -> None:
	bought = new_purchase(stock, shop)
	assert error(clients[person].call(MAKE, doctype=PURCHASE, name=bought["name"]), 403)


def test_guests(guest: Client) -> None:
	assert error(guest.call(MAKE, doctype=SALE, name="SO-1"), 401)["code"] == "not_logged_in"


ASKED: dict[str, tuple[dict[str, Any], int, str]] = {
	"nothing": ({}, 422, "doctype"),
	"no name": ({"doctype": SALE}, 422, "name"),
	"a blow": ({"doctype": "Blow", "name": "BL-1"}, 422, "doctype"),
	"a list": ({"doctype": [SALE], "name": "SO-1"}, 422, "doctype"),
	"a name list": ({"doctype": SALE, "name": ["SO-1"]}, 422, "name"),
	"what there is not": ({"doctype": SALE, "name": "SO-1"}, 404, "not_found"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_make_return_refuses(case: str, manager: Client) -> None:
	arguments, status, what = ASKED[case]
	body = error(manager.call(MAKE, **arguments), status)
	if status == 404:
		assert (body["code"], body["doctype"], body["name"]) == (what, SALE, "SO-1")
	else:
		assert [fault["loc"] for fault in body["detail"]] == [[what]]


def test_make_return_when_nothing_can_come_back(shop: Any, sales: Client) -> None:
	sold = new_sale(sales, shop, 2)
	draft = data(
		sales.insert(
			SALE, customer=shop.customer, warehouse=shop.warehouse, items=[shop.line(shop.bottle, 1, 4)]
		)
	)
	back = data(sales.insert(SALE, docstatus=1, **against(shop, sold["name"], 2)))
	for name in (sold["name"], draft["name"], back["name"]):
		assert faults(error(sales.call(MAKE, doctype=SALE, name=name), 422)) == {(("name",), "nothing_left")}


def test_more_than_is_left(shop: Any, sold: dict[str, Any], sales: Client) -> None:
	data(sales.insert(SALE, docstatus=1, **against(shop, sold["name"], 4)))
	for docstatus in (0, 1):
		body = error(sales.insert(SALE, docstatus=docstatus, **against(shop, sold["name"], 7)), 409)
		assert body["code"] == "over_return"
		assert body["lines"] == [
			{
				"loc": ["items", 0, "quantity"],
				"item_id": shop.bottle,
				"quantity": 10,
				"returned": 4,
				"left": 6,
				"requested": 7,
			}
		]


def test_a_draft_that_was_overtaken(shop: Any, sold: dict[str, Any], sales: Client) -> None:
	draft = data(sales.insert(SALE, **against(shop, sold["name"], 7)))
	data(sales.insert(SALE, docstatus=1, **against(shop, sold["name"], 4)))
	assert error(sales.change(SALE, draft["name"], docstatus=1), 409)["code"] == "over_return"
	assert data(sales.read(SALE, draft["name"]))["docstatus"] == 0


def test_what_came_back_keeps_the_sale(shop: Any, sold: dict[str, Any], sales: Client) -> None:
	back = data(sales.insert(SALE, docstatus=1, **against(shop, sold["name"])))
	body = error(sales.change(SALE, sold["name"], docstatus=2), 409)
	assert (body["code"], body["returns"]) == ("has_returns", [back["name"]])
	data(sales.change(SALE, back["name"], docstatus=2))
	data(sales.change(SALE, sold["name"], docstatus=2))
	refused = sales.insert(SALE, docstatus=1, **against(shop, sold["name"]))
	assert 400 <= refused.status_code < 500
	assert sold["name"] in refused.json()["detail"]


FORGED: dict[str, Callable[[Any, dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
	"amounts": lambda shop, sold, other: {
		"total_price": -999,
		"profit": 999,
		"cost_of_goods": -1,
		"paid_amount": -7,
		"status": "Shipped",
		"line": {"amount": -999, "cost": -1, "unit_cost": 1, "profit": 5},
	},
	"units that others brought back": lambda shop, sold, other: {"line": {"returned_start": 7}},
	"a negative start": lambda shop, sold, other: {"line": {"returned_start": -1e9}},
	"no number for a start": lambda shop, sold, other: {"line": {"returned_start": "x"}},
}


@pytest.mark.parametrize("case", FORGED)
def test_what_is_computed_is_not_taken(
	case: str, shop: Any, sold: dict[str, Any], sales: Client, manager: Client
) -> None:
	values = FORGED[case](shop, sold, sold)
	name = data(sales.insert(SALE, docstatus=1, **against(shop, sold["name"], 2, **values)))["name"]
	back = data(manager.read(SALE, name))
	[line] = back["items"]
	assert (back["total_price"], back["cost_of_goods"], back["status"]) == (-8, -4.2105, "Completed")
	assert (line["amount"], line["cost"], line["returned_start"]) == (-8, -4.2105, 0)
	assert back["paid_amount"] == 0


REFUSED: dict[str, tuple[Callable[[Any, dict[str, Any]], dict[str, Any]], Faults]] = {
	"a line of another sale": (
		lambda shop, other: {"line": {"against_row": other["items"][0]["name"]}},
		{(("items", 0, "against_row"), "not_in_original")},
	),
	"a line that is a list": (
		lambda shop, other: {"line": {"against_row": [1]}},
		{(("items", 0, "against_row"), "string")},
	),
	"an item that was not sold": (
		lambda shop, other: {"line": {"item": shop.cap, "unit_price": 1}},
		{(("items", 0, "item"), "not_in_original")},
	),
	"a higher price": (
		lambda shop, other: {"line": {"unit_price": 4.01}},
		{(("items", 0, "unit_price"), "less_than_equal")},
	),
	"a blow price that nobody paid": (
		lambda shop, other: {"line": {"blow_price": 1}},
		{(("items", 0, "blow_price"), "less_than_equal")},
	),
	"below zero": (
		lambda shop, other: {"line": {"quantity": -1}},
		{(("items", 0, "quantity"), "greater_than")},
	),
	"before it was sold": (lambda shop, other: {"date": "2020-01-01"}, {(("date",), "return_date")}),
	"no return": (lambda shop, other: {"is_return": 0}, {(("return_against",), "is_return")}),
	"no original": (lambda shop, other: {"return_against": None}, {(("return_against",), "missing")}),
	"yes": (lambda shop, other: {"is_return": "yes"}, {(("is_return",), "boolean")}),
	"an original that is a list": (
		lambda shop, other: {"return_against": ["SO-1"]},
		{(("return_against",), "string")},
	),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong(case: str, shop: Any, sold: dict[str, Any], sales: Client) -> None:
	changes, expected = REFUSED[case]
	values = against(shop, sold["name"], customer=shop.customer, **changes(shop, new_sale(sales, shop, 1)))
	if not values["is_return"] or not values["return_against"]:
		values["items"][0]["unit_price"] = 4
	assert faults(error(sales.insert(SALE, **values), 422)) >= expected


def test_an_original_that_does_not_exist(shop: Any, sales: Client) -> None:
	assert error(sales.insert(SALE, **against(shop, "SO-1")), 404)["name"] == "SO-1"


def test_a_submitted_sale_does_not_become_a_return(shop: Any, sold: dict[str, Any], sales: Client) -> None:
	other = new_sale(sales, shop, 1)
	refused = sales.change(SALE, other["name"], is_return=1, return_against=sold["name"])
	assert error(refused, 417)["code"] == "submitted"


def test_a_sale_forgets_what_only_returns_have(shop: Any, sold: dict[str, Any], sales: Client) -> None:
	line = shop.line(shop.bottle, 1, 4) | {"against_row": sold["items"][0]["name"], "returned_start": 3}
	made = new_sale(sales, shop, items=[line])
	assert (made["items"][0].get("against_row"), made["items"][0]["returned_start"]) == (None, 0)


# What a blow uses beside preforms


@pytest.fixture(scope="module")
def regrind(shop: Any) -> str:
	import frappe

	name = shop.item("REG", "Consumable", uom="kg")
	frappe.db.commit()
	return name


def used(item: Any, quantity: Any = 1, **values: Any) -> dict[str, Any]:
	return {"item": item, "quantity": quantity} | values


MATERIALS: dict[str, tuple[Callable[[Any, str], Any], Faults]] = {
	"no list": (lambda shop, regrind: "caps", {(("materials",), "list")}),
	"no line": (lambda shop, regrind: ["caps"], {(("materials", 0), "object")}),
	"nothing": (
		lambda shop, regrind: [{}],
		{(("materials", 0, "item"), "missing"), (("materials", 0, "quantity"), "missing")},
	),
	"the preform": (lambda shop, regrind: [used(shop.preform)], {(("materials", 0, "item"), "item_type")}),
	"the bottle": (
		lambda shop, regrind: [used(shop.bottle, kind="By-product", rate=1)],
		{(("materials", 0, "item"), "item_type")},
	),
	"half a cap": (
		lambda shop, regrind: [used(shop.cap, 1.5)],
		{(("materials", 0, "quantity"), "whole_number")},
	),
	"no such kind": (
		lambda shop, regrind: [used(shop.cap, kind="Lost")],
		{(("materials", 0, "kind"), "enum")},
	),
	"worth nothing": (
		lambda shop, regrind: [used(regrind, kind="By-product")],
		{(("materials", 0, "rate"), "missing")},
	),
	"worth less than nothing": (
		lambda shop, regrind: [used(regrind, kind="By-product", rate=-1)],
		{(("materials", 0, "rate"), "greater_than_equal")},
	),
	"a rate for what is used": (
		lambda shop, regrind: [used(shop.cap, rate=1)],
		{(("materials", 0, "rate"), "only_by_products")},
	),
	"in and out": (
		lambda shop, regrind: [used(regrind, 1), used(regrind.lower(), 1, kind="By-product", rate=1)],
		{(("materials", 1, "item"), "duplicate")},
	),
}


@pytest.mark.parametrize("case", MATERIALS)
def test_materials(case: str, shop: Any, regrind: str, stock: Client) -> None:
	materials, expected = MATERIALS[case]
	refused = stock.insert("Blow", **blow(shop, materials=materials(shop, regrind)))
	assert faults(error(refused, 422)) >= expected


def test_the_viewer_sees_materials_and_no_rate(
	shop: Any, regrind: str, stock: Client, viewer: Client
) -> None:
	new_purchase(stock, shop)
	materials = [used(regrind, 0.2, kind="By-product", rate=97.25)]
	made = data(stock.insert("Blow", docstatus=1, **blow(shop, materials=materials)))
	assert made["scrap_credit"] == 19.45
	seen = viewer.read("Blow", made["name"])
	assert data(seen)["materials"][0]["quantity"] == 0.2
	assert "rate" not in data(seen)["materials"][0]
	assert "97.25" not in seen.text
	assert "scrap_credit" not in data(seen)


def test_what_by_products_are_worth_is_no_filter_for_who_may_not_see_it(
	shop: Any, regrind: str, stock: Client, viewer: Client
) -> None:
	new_purchase(stock, shop)
	materials = [used(regrind, 0.2, kind="By-product", rate=97.25)]
	data(stock.insert("Blow", docstatus=1, **blow(shop, materials=materials)))
	lines = {"doctype": "Blow Material", "parent": "Blow"}
	seen = viewer.call("frappe.client.get_list", **lines, fields=["*"], filters={"item": regrind})
	assert "97.25" not in seen.text
	for asked in ({"filters": {"rate": [">", 1]}}, {"order_by": "rate desc"}):
		assert error(viewer.call("frappe.client.get_list", **lines, **asked), 403)["code"] == "not_permitted"
	assert error(viewer.list("Blow", filters=[["Blow Material", "rate", ">", 1]]), 403)
	assert data(stock.call("frappe.client.get_list", **lines, filters={"rate": [">", 1], "item": regrind}))


@pytest.mark.parametrize(
	"forged",
	[
		{"is_return": 1, "return_against": "SO-NONE"},
		{"is_return": 1, "return_against": ["x"]},
		{"is_return": {}},
	],
	ids=repr,
)
def test_cancelling_believes_nothing(
	forged: dict[str, Any], shop: Any, sold: dict[str, Any], sales: Client, fresh: Callable[[], Any]
) -> None:
	assert data(sales.change(SALE, sold["name"], docstatus=2, **forged))["docstatus"] == 2
	assert fresh().get_value("Bottle Returned Goods", sold["name"], "is_cancelled") == 1
	assert not fresh().exists("Bottle Returned Goods", "SO-NONE")
