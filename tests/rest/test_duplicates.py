"""What is entered twice: a supplier's bill is refused, anything else that looks like it is warned of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from tests.rest.conftest import Client, data, error

PURCHASE, SALE, SETTINGS = "Bottle Purchase", "Bottle Sale", "Bottle Mfg Settings"


@pytest.fixture(autouse=True, scope="module")
def three_days(clients: dict[str, Client]) -> None:
	data(clients["manager"].change(SETTINGS, SETTINGS, duplicate_days=3))


def bill(shop: Any, number: str | None, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.preform, 10, 2)]
	stated = {"supplier": shop.supplier, "warehouse": shop.warehouse, "items": lines}
	return stated | {"supplier_bill_no": number} | values


@pytest.mark.parametrize("docstatus", [0, 1])
def test_a_bill_is_entered_once(shop: Any, stock: Client, docstatus: int) -> None:
	first = data(stock.insert(PURCHASE, docstatus=docstatus, **bill(shop, "INV 12/a")))
	body = error(stock.insert(PURCHASE, docstatus=1, **bill(shop, " inv12/A ")), 409)
	assert (body["code"], body["doctype"], body["name"]) == ("duplicate_bill", PURCHASE, first["name"])
	assert first["name"] in body["detail"]
	data(stock.insert(PURCHASE, **bill(shop, "INV 012/a")))
	data(stock.insert(PURCHASE, **bill(shop, None)))
	data(stock.insert(PURCHASE, **bill(shop, "  ")))


def test_another_suppliers_bill_may_have_the_number(shop: Any, stock: Client, manager: Client) -> None:
	other = data(manager.insert("Bottle Supplier", supplier_name=f"Other {shop.tag}"))["name"]
	data(stock.insert(PURCHASE, **bill(shop, "7")))
	data(stock.insert(PURCHASE, **bill(shop, "7", supplier=other)))


def test_changing_a_draft_into_a_duplicate(shop: Any, stock: Client) -> None:
	first = data(stock.insert(PURCHASE, **bill(shop, "8")))
	second = data(stock.insert(PURCHASE, **bill(shop, "9", bill_key="x")))
	body = error(stock.change(PURCHASE, second["name"], supplier_bill_no="8"), 409)
	assert (body["code"], body["name"]) == ("duplicate_bill", first["name"])
	data(stock.change(PURCHASE, second["name"], notes="stays as it is", docstatus=1))


def test_a_cancelled_bill_gives_its_number_to_the_amended_one(
	shop: Any, stock: Client, manager: Client
) -> None:
	first = data(stock.insert(PURCHASE, docstatus=1, **bill(shop, "10")))
	data(manager.call("frappe.client.cancel", doctype=PURCHASE, name=first["name"]))
	data(manager.insert(PURCHASE, docstatus=1, **bill(shop, "10", amended_from=first["name"])))
	assert error(stock.insert(PURCHASE, **bill(shop, "10")), 409)["code"] == "duplicate_bill"


def test_a_return_may_name_the_bill(shop: Any, stock: Client) -> None:
	first = data(stock.insert(PURCHASE, docstatus=1, **bill(shop, "11")))
	back = bill(shop, "11", is_return=1, return_against=first["name"])
	data(stock.insert(PURCHASE, docstatus=1, **back))


def test_of_many_at_once_one_wins(shop: Any, stock: Client) -> None:
	def enter(_number: int) -> int:
		return stock.insert(PURCHASE, docstatus=1, **bill(shop, "12")).status_code

	with ThreadPoolExecutor(6) as pool:
		assert sorted(pool.map(enter, range(6))) == [201, *[409] * 5]
	assert shop.stock(shop.preform)[0] == 10


def test_a_second_alike_is_warned_of(shop: Any, stock: Client, manager: Client) -> None:
	first = data(stock.insert(PURCHASE, docstatus=1, **bill(shop, "20", date=add_days(nowdate(), -3))))
	answer = stock.insert(PURCHASE, docstatus=1, **bill(shop, "21"))
	assert data(answer)["docstatus"] == 1
	(warning,) = answer.json()["warnings"]
	assert (warning["code"], warning["name"]) == ("possible_duplicate", first["name"])
	assert first["name"] in warning["detail"]
	assert "Entered twice?" in answer.json()["_server_messages"]


@pytest.mark.parametrize(
	"other",
	[{"date": -4}, {"other_charges": 1}, {"items": "cap"}],
	ids=["later", "dearer", "other goods"],
)
def test_what_differs_is_not_warned_of(shop: Any, stock: Client, other: dict[str, Any]) -> None:
	changes = {"items": [shop.line(shop.cap, 10, 2)]} if "items" in other else dict(other)
	if "date" in other:
		changes["date"] = add_days(nowdate(), other["date"])
	data(stock.insert(PURCHASE, **bill(shop, "30", **changes)))
	assert "warnings" not in stock.insert(PURCHASE, **bill(shop, "31")).json()


def test_others_sales_are_not_named(shop: Any, sales: Client, sales2: Client, manager: Client) -> None:
	lines = [shop.line(shop.bottle, 3, 4)]
	sale = {"customer": shop.customer, "warehouse": shop.warehouse, "items": lines}
	first = data(sales.insert(SALE, **sale))
	assert "warnings" not in sales2.insert(SALE, **sale).json()
	assert first["name"] in {one["name"] for one in manager.insert(SALE, **sale).json()["warnings"]}


def test_no_warning_where_the_settings_say_so(shop: Any, stock: Client, manager: Client) -> None:
	data(stock.insert(PURCHASE, **bill(shop, "40")))
	data(manager.change(SETTINGS, SETTINGS, duplicate_days=0))
	try:
		assert "warnings" not in stock.insert(PURCHASE, **bill(shop, "41")).json()
	finally:
		data(manager.change(SETTINGS, SETTINGS, duplicate_days=3))
