"""The factory's main job over HTTP: buy, blow, sell, as the people who do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

Submit = Callable[[Client, dict[str, Any]], Any]


def by_status(client: Client, doc: dict[str, Any]) -> Any:
	return client.change(doc["doctype"], doc["name"], docstatus=1)


def by_method(client: Client, doc: dict[str, Any]) -> Any:
	return client.call("frappe.client.submit", doc=doc)


def by_form(client: Client, doc: dict[str, Any]) -> Any:
	return client.save_form(doc, "Submit")


SUBMITS = [by_status, by_method, by_form]


def bought_and_blown(stock: Client, shop: Any, submit: Submit, **blow: Any) -> None:
	"""1000 preforms for 2000, 950 bottles out of them, entered by the stock user."""
	bought = data(
		stock.insert(
			"Bottle Purchase",
			supplier=shop.supplier,
			warehouse=shop.warehouse,
			items=[shop.line(shop.preform, 1000, 2)],
		)
	)
	assert bought["total_amount"] == 2000
	data(submit(stock, bought))
	blown = data(
		stock.insert(
			"Blow",
			warehouse=shop.warehouse,
			from_item=shop.preform,
			to_item=shop.bottle,
			quantity=1000,
			good_quantity=950,
			**blow,
		)
	)
	assert blown["reject_quantity"] == 50
	data(submit(stock, blown))


def sale_of(shop: Any, *lines: dict[str, Any]) -> dict[str, Any]:
	return {"customer": shop.customer, "warehouse": shop.warehouse, "items": list(lines)}


def held(client: Client, shop: Any, item: str) -> dict[str, Any]:
	(row,) = data(
		client.list("Bottle Stock", filters={"item": item, "warehouse": shop.warehouse}, fields=["name"])
	)
	return data(client.read("Bottle Stock", row["name"]))


@pytest.mark.parametrize("submit", SUBMITS)
def test_buy_blow_sell(submit: Submit, shop: Any, stock: Client, sales: Client, manager: Client) -> None:
	bought_and_blown(stock, shop, submit, blow_cost_per_unit=0)
	assert held(stock, shop, shop.preform)["quantity"] == 0
	bottles = held(stock, shop, shop.bottle)
	assert (bottles["quantity"], bottles["unit_cost"], bottles["value"]) == (950, 2.1053, 2000)

	sold = data(sales.insert("Bottle Sale", **sale_of(shop, shop.line(shop.bottle, 100, 4))))
	data(submit(sales, sold))

	seen = data(manager.read("Bottle Sale", sold["name"]))
	assert (seen["docstatus"], seen["status"]) == (1, "Confirmed")
	assert round(seen["total_price"], 2) == 400.00
	assert round(seen["cost_of_goods"], 2) == 210.53
	assert round(seen["profit"], 2) == 189.47
	assert seen["items"][0]["unit_cost"] == 2.1053
	assert held(stock, shop, shop.bottle)["quantity"] == 850


def test_the_blow_cost_enters_the_unit_cost(shop: Any, stock: Client) -> None:
	bought_and_blown(stock, shop, by_status, blow_cost_per_unit=0.5)
	assert held(stock, shop, shop.bottle)["unit_cost"] == 2.6316


def test_the_invoice_of_two_lines(stocked: Any, sales: Client, db: Any) -> None:
	cap = stocked.item("SLD", "Sold")
	stocked.purchase(items=[stocked.line(cap, 50, 3)]).submit()
	db.commit()
	lines = (stocked.line(stocked.bottle, 100, 4), stocked.line(cap, 50, 6))
	day = "2025-12-23"
	sold = data(sales.insert("Bottle Sale", **sale_of(stocked, *lines)))
	assert re.fullmatch(r"SO-\d{6}-\d{4,}", sold["name"])
	assert sold["name"][3:9] == sold["date"][2:].replace("-", "")
	assert [line["amount"] for line in sold["items"]] == [400, 300]
	assert sold["total_price"] == 700
	data(by_status(sales, sold))
	old = data(sales.insert("Bottle Sale", date=day, **sale_of(stocked, *lines)))
	assert re.fullmatch(r"SO-251223-\d{4,}", old["name"])


@pytest.mark.parametrize("submit", SUBMITS)
def test_one_bottle_too_many(submit: Submit, stocked: Any, sales: Client, fresh: Callable[[], Any]) -> None:
	draft = data(sales.insert("Bottle Sale", **sale_of(stocked, stocked.line(stocked.bottle, 951, 4))))
	refused = error(submit(sales, draft), 400)
	figures = {
		"item_id": stocked.bottle,
		"warehouse": stocked.warehouse,
		"available": 950,
		"requested": 951,
		"shortage": 1,
	}
	assert refused["code"] == "insufficient_stock"
	assert {key: refused[key] for key in figures} == figures
	assert refused["shortages"] == [figures]
	fresh()
	assert data(sales.read("Bottle Sale", draft["name"]))["docstatus"] == 0
	assert draft["name"] not in {entry.voucher_no for entry in stocked.ledger(stocked.bottle)}
	assert stocked.stock(stocked.bottle) == (950, 2000)


def test_a_refused_post_leaves_nothing(stocked: Any, sales: Client, fresh: Callable[[], Any]) -> None:
	def insert(quantity: int, docstatus: int) -> Any:
		lines = stocked.line(stocked.bottle, quantity, 4)
		return sales.insert("Bottle Sale", docstatus=docstatus, **sale_of(stocked, lines))

	before = data(insert(1, 0))["name"]
	error(insert(951, 1), 400)
	after = data(insert(1, 0))["name"]
	assert int(after.split("-")[-1]) == int(before.split("-")[-1]) + 1, "a refused sale used up a number"
	db = fresh()
	assert db.count("Bottle Sale", {"customer": stocked.customer}) == 2
	assert stocked.stock(stocked.bottle) == (950, 2000)
	data(insert(950, 1))
	fresh()
	assert stocked.stock(stocked.bottle) == (0, 0)


def test_all_short_lines_are_named(stocked: Any, sales: Client) -> None:
	lines = (
		stocked.line(stocked.bottle, 600, 4),
		stocked.line(stocked.cap, 100000, 1),
		stocked.line(stocked.bottle, 351, 4),
	)
	refused = error(sales.insert("Bottle Sale", docstatus=1, **sale_of(stocked, *lines)), 400)
	short = {
		row["item_id"]: (row["available"], row["requested"], row["shortage"]) for row in refused["shortages"]
	}
	assert short == {stocked.bottle: (950, 951, 1), stocked.cap: (0, 100000, 100000)}
	assert "0 available, 1,00,000 requested" in refused["detail"], "not as the site writes numbers"
