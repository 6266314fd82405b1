"""Counts and transfers over HTTP: what is wrong is said at once, what is computed is not taken from anybody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rest.conftest import Client, data, error
from tests.rest.test_faults import Faults, faults

COUNT, TRANSFER = "Bottle Stock Count", "Bottle Stock Transfer"
SHEET = "bottle_mfg.api.v1.count_sheet"


def count(shop: Any, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
	"""A count of the preforms, or of other lines."""
	usual = ({"item": shop.preform, "counted_quantity": 1},)
	return {"warehouse": shop.warehouse, "items": [*(lines or usual)]} | changes


def transfer(shop: Any, depot: str, **changes: Any) -> dict[str, Any]:
	lines = [{"item": shop.bottle, "quantity": 1} | changes.pop("line", {})]
	return {"from_warehouse": shop.warehouse, "to_warehouse": depot, "items": lines} | changes


@pytest.fixture(scope="module")
def depot(shared: Any) -> str:
	import frappe

	name = shared.depot
	frappe.db.commit()
	return name


COUNTS: dict[str, tuple[Any, Faults]] = {
	"nothing at all": (lambda shop: {}, {(("items",), "missing")}),
	"a line of nothing": (
		lambda shop: count(shop, {}),
		{(("items", 0, "item"), "missing"), (("items", 0, "counted_quantity"), "missing")},
	),
	"one item twice": (
		lambda shop: count(
			shop,
			{"item": shop.preform, "counted_quantity": 1},
			{"item": shop.cap, "counted_quantity": 1},
			{"item": shop.preform.lower(), "counted_quantity": 1},
		),
		{(("items", 2, "item"), "duplicate")},
	),
	"everything": (
		lambda shop: count(
			shop,
			{"item": shop.preform, "counted_quantity": -1, "reason": "Bad luck"},
			{"item": shop.cap, "counted_quantity": 0.5},
			{"item": shop.cap, "counted_quantity": "many"},
			{"counted_quantity": 0},
			date="2999-01-01",
			posting_time="25:00",
		),
		{
			(("items", 0, "counted_quantity"), "greater_than_equal"),
			(("items", 0, "reason"), "enum"),
			(("items", 1, "counted_quantity"), "whole_number"),
			(("items", 2, "counted_quantity"), "number"),
			(("items", 2, "item"), "duplicate"),
			(("items", 3, "item"), "missing"),
			(("date",), "date_past"),
			(("posting_time",), "time"),
		},
	),
}


@pytest.mark.parametrize("docstatus", [0, 1])
@pytest.mark.parametrize("case", COUNTS)
def test_all_that_is_wrong_with_a_count(case: str, docstatus: int, shared: Any, stock: Client) -> None:
	values, expected = COUNTS[case]
	assert faults(error(stock.insert(COUNT, docstatus=docstatus, **values(shared)), 422)) == expected


def test_all_that_is_wrong_with_a_transfer(shared: Any, stock: Client) -> None:
	wrong = transfer(shared, shared.warehouse, line={"quantity": 1.5}, date="x")
	wrong["items"].append({"item": shared.cap, "quantity": -1})
	assert faults(error(stock.insert(TRANSFER, **wrong), 422)) == {
		(("to_warehouse",), "different"),
		(("date",), "date"),
		(("items", 0, "quantity"), "whole_number"),
		(("items", 1, "quantity"), "greater_than"),
	}
	assert faults(error(stock.insert(TRANSFER), 422)) == {
		(("to_warehouse",), "missing"),
		(("items",), "missing"),
	}


def test_zero_is_a_count(stocked: Any, stock: Client) -> None:
	nothing = {"item": stocked.bottle, "counted_quantity": 0}
	made = data(stock.insert(COUNT, docstatus=1, **count(stocked, nothing)))
	assert made["items"][0]["difference"] == -950


FORGED = {
	"system_quantity": 5,
	"difference": 500,
	"unit_cost": 9,
	"value_difference": 4500,
}


def test_what_is_computed_is_never_taken_from_the_client(stocked: Any, stock: Client, fresh: Any) -> None:
	line = {"item": stocked.bottle, "counted_quantity": 940, **FORGED}
	made = data(stock.insert(COUNT, value_difference=77, status="Counted", **count(stocked, line)))
	shown = ("system_quantity", "difference", "unit_cost", "value_difference")
	assert [made["items"][0][key] for key in shown] == [950, -10, 0, 0]
	assert (made["value_difference"], made["status"]) == (0, "Draft")
	posted = data(
		stock.change(COUNT, made["name"], docstatus=1, items=[made["items"][0] | FORGED], value_difference=77)
	)
	assert [posted["items"][0][key] for key in shown[:3]] == [950, -10, 2.1053]
	assert posted["items"][0]["value_difference"] == posted["value_difference"] == -21.0526
	fresh()
	assert stocked.stock(stocked.bottle)[0] == 940


def test_the_value_moved_is_never_taken_from_the_client(stocked: Any, stock: Client, fresh: Any) -> None:
	import frappe

	depot = stocked.depot
	frappe.db.commit()
	forged = {"unit_cost": 9, "value": 4500}
	made = data(stock.insert(TRANSFER, docstatus=1, total_value=9, **transfer(stocked, depot, line=forged)))
	assert (made["items"][0]["unit_cost"], made["items"][0]["value"], made["total_value"]) == (2.1053,) * 3


def test_a_reason_is_filled_in(stocked: Any, stock: Client) -> None:
	lines = (
		{"item": stocked.bottle, "counted_quantity": 940},
		{"item": stocked.cap, "counted_quantity": 1, "reason": "Other"},
		{"item": stocked.preform, "counted_quantity": 0},
	)
	made = data(stock.insert(COUNT, docstatus=1, **count(stocked, *lines)))
	assert [line.get("reason") or "" for line in made["items"]] == ["Miscount", "Other", ""]


@pytest.mark.parametrize(
	("person", "keys"),
	[
		("manager", {"item_id", "warehouse", "quantity", "unit_cost", "value"}),
		("stock", {"item_id", "warehouse", "quantity", "unit_cost", "value"}),
		("sales", {"item_id", "warehouse", "quantity"}),
		("viewer", {"item_id", "warehouse", "quantity"}),
	],
)
def test_the_sheet(person: str, keys: set[str], stocked: Any, clients: dict[str, Client]) -> None:
	rows = data(clients[person].call(SHEET, warehouse=stocked.warehouse))
	assert [(row["item_id"], row["quantity"]) for row in rows] == [(stocked.bottle, 950)]
	assert set(rows[0]) == keys


def test_the_sheet_of_an_earlier_day(shared: Any, sales: Client, viewer: Client, manager: Client) -> None:
	asked = {"warehouse": shared.warehouse, "date": "2001-01-01"}
	assert data(viewer.call(SHEET, **asked)) == []
	# What was there on other days tells a salesperson what others sold.
	error(sales.call(SHEET, **asked), 403)
	error(sales.call(SHEET, warehouse=shared.warehouse, time="00:00"), 403)
	assert data(viewer.call(SHEET, warehouse=shared.warehouse, time="00:00")) == []


def test_who_asks_for_a_sheet_without_sense(guest: Client, manager: Client) -> None:
	error(guest.call(SHEET), 401)
	assert data(manager.call(SHEET, warehouse="nowhere")) == []
	for wrong in ({"date": "tomorrow"}, {"date": "2025-02-30"}, {"time": "25:00"}):
		assert error(manager.call(SHEET, **wrong), 422)["code"] == "invalid_value"
	assert manager.call(SHEET, warehouse=["x"]).status_code in (417, 422)


@pytest.fixture(scope="module")
def posted(shared: Any, depot: str, clients: dict[str, Client]) -> dict[str, dict[str, Any]]:
	"""A count and a transfer with costs in them."""
	there = {"item": shared.cap, "counted_quantity": 0}
	lost = {"item": shared.bottle, "counted_quantity": 900}
	stock = clients["stock"]
	return {
		COUNT: data(stock.insert(COUNT, docstatus=1, **count(shared, lost, there))),
		TRANSFER: data(stock.insert(TRANSFER, docstatus=1, **transfer(shared, depot, line={"quantity": 50}))),
	}


HIDDEN = {
	COUNT: ("value_difference", {"unit_cost", "value_difference"}),
	TRANSFER: ("total_value", {"unit_cost", "value"}),
}


@pytest.mark.parametrize("doctype", HIDDEN)
def test_the_viewer_sees_no_costs(
	doctype: str, posted: dict[str, dict[str, Any]], viewer: Client, manager: Client
) -> None:
	total, of_lines = HIDDEN[doctype]
	name = posted[doctype]["name"]
	seen, whole = data(viewer.read(doctype, name)), data(manager.read(doctype, name))
	assert whole[total]
	assert of_lines <= set(whole["items"][0])
	assert total not in seen
	assert not of_lines & set(seen["items"][0])
	row = data(viewer.list(doctype, fields=["*"], filters={"name": name}))[0]
	assert total not in row
	form = viewer.call("frappe.desk.form.load.getdoc", doctype=doctype, name=name)
	assert f'"{total}"' not in form.text
	for asked in (
		viewer.list(doctype, filters=[[total, ">", 1]]),
		viewer.list(doctype, order_by=total),
		viewer.call(
			"frappe.client.get_list", doctype=f"{doctype} Item", parent=doctype, order_by="unit_cost"
		),
	):
		assert error(asked, 403)["code"] == "not_permitted"


@pytest.mark.parametrize("doctype", HIDDEN)
def test_their_lines_are_not_for_sales(doctype: str, sales: Client) -> None:
	lines = sales.call("frappe.client.get_list", doctype=f"{doctype} Item", parent=doctype, fields=["*"])
	error(lines, 403)
