"""Corrections of the past over HTTP: what they would change, what they changed, and those that take longer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.posting import background
from tests.rest.conftest import Client, data, error

PREVIEW = "bottle_mfg.api.v1.preview_correction"


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


@pytest.fixture
def traded(shop: Any, db: Any) -> Any:
	"""Bought, blown and sold in the last days; a late bill is a draft."""
	shop.bought = shop.purchase(1000, 2, date=days_ago(9))
	shop.bought.submit()
	shop.blow(1000, 950, date=days_ago(6)).submit()
	shop.sold = shop.sale(95, 4, date=days_ago(4))
	shop.sold.submit()
	shop.late = shop.purchase(1000, 4, date=days_ago(8))
	db.commit()
	return shop


def test_what_a_late_bill_would_change(traded: Any, stock: Client, sales: Client, viewer: Client) -> None:
	asked = {"doctype": "Bottle Purchase", "name": traded.late.name}
	told = data(stock.call(PREVIEW, **asked))
	assert (told["documents"], told["profit"], told["background"]) == (2, -100, False)
	draft = traded.late.as_dict(no_nulls=True, convert_dates_to_str=True)
	assert data(stock.call(PREVIEW, doc=draft)) == told
	for person in (sales, viewer):
		assert error(person.call(PREVIEW, **asked), 403)["code"] == "not_permitted"
		assert error(person.call(PREVIEW, **asked, action="Cancel"), 403)["code"] == "not_permitted"
	body = error(
		stock.call(PREVIEW, doctype="Bottle Purchase", name=traded.bought.name, action="Cancel"), 400
	)
	assert (body["code"], body["item_id"]) == ("insufficient_stock", traded.preform)


def test_who_sees_no_costs_is_told_no_profit(traded: Any, sales: Client) -> None:
	early = {
		"doctype": "Bottle Sale",
		"customer": traded.customer,
		"warehouse": traded.warehouse,
		"date": days_ago(5),
		"items": [traded.line(traded.bottle, 5, 4)],
	}
	told = data(sales.call(PREVIEW, doc=early))
	assert told["entries"] == 1
	assert "profit" not in told


@pytest.mark.parametrize(
	"asked",
	[
		{},
		{"doc": "[]"},
		{"doc": "no json"},
		{"doc": {"doctype": "User"}},
		{"doctype": "User", "name": "Administrator"},
		{"doctype": "Blow", "name": 5},
		{"doctype": "Blow", "name": "x", "action": "Delete"},
	],
)
def test_no_question(asked: dict[str, Any], manager: Client) -> None:
	assert error(manager.call(PREVIEW, **asked), 422)["code"] == "invalid_value"


@pytest.mark.parametrize("original", [{"docstatus": 2}, ["a"], 5, "\ud800", "a\x00"], ids=ascii)
def test_no_original(original: Any, traded: Any, manager: Client) -> None:
	blown = {"from_item": traded.preform, "to_item": traded.bottle, "quantity": 1, "good_quantity": 1}
	asked = {"doctype": "Blow", "warehouse": traded.warehouse, **blown, "amended_from": original}
	assert 400 <= manager.call(PREVIEW, doc=asked).status_code < 500


def test_no_such_document(manager: Client) -> None:
	body = error(manager.call(PREVIEW, doctype="Blow", name="BL-000000-0001"), 404)
	assert (body["code"], body["name"]) == ("not_found", "BL-000000-0001")


def test_what_it_changed_is_listed(traded: Any, stock: Client, viewer: Client, sales: Client) -> None:
	data(stock.change("Bottle Purchase", traded.late.name, docstatus=1))
	fields = ["document", "old_cost", "new_cost"]
	asked = {"filters": {"because_of": traded.late.name, "document": traded.sold.name}, "fields": fields}
	assert data(stock.list("Bottle Cost Change", **asked)) == [
		{"document": traded.sold.name, "old_cost": 200, "new_cost": 300}
	]
	seen = data(viewer.list("Bottle Cost Change", filters=asked["filters"], fields=["document"]))
	assert seen == [{"document": traded.sold.name}]
	assert "new_cost" not in data(viewer.list("Bottle Cost Change", **asked))[0]
	error(viewer.list("Bottle Cost Change", filters={"new_cost": (">", 1)}), 403)
	error(sales.list("Bottle Cost Change"), 403)


@pytest.fixture
def small_limit(manager: Client) -> Iterator[None]:
	"""A correction of more than one entry is a large one."""
	settings = ("Bottle Mfg Settings", "Bottle Mfg Settings")
	data(manager.change(*settings, entries_in_submit=1))
	yield
	data(manager.change(*settings, entries_in_submit=0))


def test_a_large_correction_is_accepted_and_left_to_a_worker(
	traded: Any, small_limit: None, stock: Client, db: Any
) -> None:
	# Whoever comes to do it has to wait until we have seen that it is not done.
	db.sql("select name from `tabBottle Stock` where warehouse = %s for update", traded.warehouse)
	answer = stock.change("Bottle Purchase", traded.late.name, docstatus=1)
	assert answer.status_code == 202
	body = answer.json()
	assert (body["data"]["docstatus"], body["data"]["status"]) == (0, "Draft")
	assert (body["entries"], body["since"][:10]) == (3, days_ago(8))
	correction = data(stock.read("Bottle Correction", body["correction"]))
	assert (correction["document"], correction["action"]) == (traded.late.name, "Submit")
	again = error(stock.change("Bottle Purchase", traded.late.name, docstatus=1), 409)
	assert again["code"] == "in_background"
	db.rollback()
	background.run(body["correction"])  # unless a worker of the bench has it
	done = wait_until(lambda: data(stock.read("Bottle Correction", body["correction"])), status="Done")
	assert done["document"] == traded.late.name
	assert data(stock.read("Bottle Purchase", traded.late.name))["docstatus"] == 1


def wait_until(read: Callable[[], dict[str, Any]], **values: Any) -> dict[str, Any]:
	"""What `read` gives once it has these values."""
	end = time.monotonic() + 60
	while not values.items() <= (found := read()).items():
		assert time.monotonic() < end, found
		time.sleep(0.1)
	return found
