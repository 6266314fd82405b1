"""The daily jobs in one call each, and what is asked every day: as the people who may, and as those who may not."""

from __future__ import annotations

import json
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from tests.laws import assert_laws
from tests.rest.conftest import Client, data, error

V1 = "bottle_mfg.api.v1"


def lines(shop: Any, item: str, quantity: float, price: float) -> dict[str, Any]:
	return {"warehouse": shop.warehouse, "items": [shop.line(item, quantity, price)]}


def test_a_day(shop: Any, stock: Client, sales: Client, fresh: Any) -> None:
	"""Bought, blown, sold and paid, in four calls."""
	bought = stock.call(f"{V1}.create_purchase", supplier=shop.supplier, **lines(shop, shop.preform, 1000, 2))
	assert bought.status_code == 201
	assert bought.headers["Location"] == f"/api/resource/Bottle%20Purchase/{data(bought)['name']}"
	assert data(stock.send("GET", bought.headers["Location"].removeprefix("/api/")))["docstatus"] == 1
	blown = stock.call(
		f"{V1}.create_blow",
		from_item=shop.preform,
		to_item=shop.bottle,
		quantity=1000,
		good_quantity="950",
		warehouse=shop.warehouse,
		blow_cost_per_unit=0,
		rejects=json.dumps([{"stage": "Bottle", "reason": "Burst", "quantity": 20}]),
	)
	assert (data(blown)["docstatus"], data(blown)["produced_unit_cost"]) == (1, 2.1053)
	sold = sales.call(f"{V1}.create_sale", customer=shop.customer, **lines(shop, shop.bottle, 100, 4))
	assert (data(sold)["status"], data(sold)["total_price"]) == ("Confirmed", 400)
	assert not {"cost_of_goods", "profit"} & set(data(sold)) and "cost" not in data(sold)["items"][0]
	paid = sales.call(
		f"{V1}.create_payment",
		reference_type="Bottle Sale",
		reference_name=data(sold)["name"],
		amount=150,
		mode="UPI",
	)
	assert (data(paid)["docstatus"], data(paid)["party"]) == (1, shop.customer)
	assert data(sales.read("Bottle Sale", data(sold)["name"]))["outstanding_amount"] == 250
	fresh()
	assert_laws(shop)


def test_a_draft_and_a_return(stocked: Any, sales: Client, fresh: Any) -> None:
	made = {"customer": stocked.customer, **lines(stocked, stocked.bottle, 10, 4)}
	for submit in (False, 0, "false", "0"):
		answer = sales.call(f"{V1}.create_sale", **made, submit=submit)
		assert (answer.status_code, data(answer)["docstatus"]) == (201, 0)
	sold = data(sales.call(f"{V1}.create_sale", **made))
	back = {"items": [{"item": stocked.bottle, "quantity": 4}], "warehouse": stocked.warehouse}
	answer = sales.call(f"{V1}.create_sale", is_return=True, return_against=sold["name"], **back)
	assert data(answer)["total_price"] == -16
	fresh()
	assert stocked.stock(stocked.bottle)[0] == 944


REFUSED: dict[str, tuple[str, dict[str, Any], int, str]] = {
	"nothing said": ("create_sale", {}, 422, "customer"),
	"no list": ("create_purchase", {"items": "milk"}, 422, "items"),
	"no line": ("create_sale", {"items": "[1]"}, 422, "items"),
	"neither true nor false": ("create_sale", {"submit": "maybe"}, 422, "submit"),
	"a list for a truth": ("create_purchase", {"is_return": []}, 422, "is_return"),
	"half a preform": ("create_blow", {"quantity": 0.5}, 422, "from_item"),
	"no bill": ("create_payment", {"reference_type": "Bottle Item"}, 422, "reference_type"),
	"too many lines": ("create_sale", {"items": [{}] * 5001}, 422, "items"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_every_fault_has_its_place(case: str, manager: Client) -> None:
	method, values, status, place = REFUSED[case]
	body = error(manager.call(f"{V1}.{method}", **values), status)
	assert place in [fault["loc"][0] for fault in body["detail"]]


DENIED = {
	"create_purchase": "sales",
	"create_blow": "sales",
	"create_sale": "stock",
	"create_payment": "viewer",
	"daily_summary": "sales",
}


@pytest.mark.parametrize("method", DENIED)
def test_who_may_not(method: str, shared: Any, clients: dict[str, Client]) -> None:
	values = {
		"create_purchase": {"supplier": shared.supplier, **lines(shared, shared.preform, 1, 1)},
		"create_sale": {"customer": shared.customer, **lines(shared, shared.bottle, 1, 1)},
	}.get(method, {})
	assert error(clients[DENIED[method]].call(f"{V1}.{method}", **values), 403)["code"] == "not_permitted"
	assert error(clients["guest"].call(f"{V1}.{method}", **values), 401)["code"] == "not_logged_in"


def test_what_is_refused_saves_nothing(stocked: Any, sales: Client, fresh: Any) -> None:
	made = {"customer": stocked.customer, **lines(stocked, stocked.bottle, 951, 4)}
	assert error(sales.call(f"{V1}.create_sale", **made), 400)["code"] == "insufficient_stock"
	fresh()
	assert not frappe.db.exists("Bottle Sale", {"customer": stocked.customer})


@pytest.mark.parametrize(
	("person", "seen"),
	[
		("manager", {"unit_cost": 2.1053, "last_purchase_price": None}),
		("stock", {"unit_cost": 2.1053, "last_purchase_price": None}),
		("sales", {}),
		("viewer", {}),
	],
)
def test_prices_and_costs(person: str, seen: Any, shared: Any, clients: dict[str, Client]) -> None:
	asked = {"items": [shared.preform, shared.bottle], "warehouse": shared.warehouse}
	preform, bottle = data(clients[person].call(f"{V1}.item_prices", **asked))
	named = {"item_id": shared.bottle, "item_name": shared.bottle, "uom": "pcs", "selling_price": 4}
	assert bottle == named | seen
	assert preform.get("last_purchase_price") == (2 if seen else None)


def test_prices_of_nothing(shared: Any, sales: Client) -> None:
	body = error(sales.call(f"{V1}.item_prices", items=[shared.bottle, "no", "none"]), 404)
	assert [one["name"] for one in body["missing"]] == ["no", "none"]
	assert error(sales.call(f"{V1}.item_prices"), 422)["detail"][0]["loc"] == ["items"]


def test_the_day_adds_up(stocked: Any, manager: Client, stock: Client, viewer: Client, db: Any) -> None:
	stocked.sale(100).submit()
	db.commit()
	asked = {"warehouse": stocked.warehouse, "date": nowdate()}
	day = data(manager.call(f"{V1}.daily_summary", **asked))
	counted = {
		"date": nowdate(),
		"warehouse": stocked.warehouse,
		"blow_runs": 1,
		"preforms_used": 1000,
		"bottles_produced": 950,
		"rejects": 50,
	}
	earned = {
		"purchases": 2000,
		"revenue": 400,
		"cost_of_goods": 210.5263,
		"gross_profit": 189.4737,
		"conversion_cost": 0,
		"stock_value": 1789.4737,
	}
	rows = {row["item_id"]: row for row in day.pop("items")}
	assert day == counted | earned
	assert rows[stocked.bottle] == {
		"item_id": stocked.bottle,
		"item_name": stocked.bottle,
		"purchased": 0,
		"consumed": 0,
		"produced": 950,
		"sold": 100,
		"revenue": 400,
		"cost_of_goods": 210.5263,
	}
	assert (rows[stocked.preform]["purchased"], rows[stocked.preform]["consumed"]) == (1000, 1000)
	for client in (stock, viewer):
		seen = data(client.call(f"{V1}.daily_summary", **asked))
		assert {key: one for key, one in seen.items() if key != "items"} == counted
		assert "revenue" not in seen["items"][0]
	before = data(
		manager.call(f"{V1}.daily_summary", warehouse=stocked.warehouse, date=add_days(nowdate(), -1))
	)
	assert (before["items"], before["stock_value"], before["blow_runs"]) == ([], 0, 0)


@pytest.mark.parametrize(
	("asked", "status"),
	[
		({"date": "yesterday"}, 422),
		({"date": 5}, 422),
		({"warehouse": "none"}, 404),
		({"warehouse": [1]}, 422),
	],
)
def test_no_day(asked: Any, status: int, manager: Client) -> None:
	error(manager.call(f"{V1}.daily_summary", **asked), status)
