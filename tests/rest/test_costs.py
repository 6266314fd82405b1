"""Who sells or only reads never learns what goods cost or what was earned, by no way there is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

FIGURES = re.compile(r"(?<!\d)(210\.5[23]|189\.47|2\.105)")
"""What 100 of the bottles cost, what was earned on them at 4.00, and what one cost: never part of a time of day."""

HIDDEN = {
	"Bottle Sale": ("cost_of_goods", "profit"),
	"Bottle Sale Item": ("unit_cost", "cost", "profit"),
	"Bottle Stock": ("value", "unit_cost"),
}


@pytest.fixture(scope="module")
def sold(shared: Any, clients: dict[str, Client]) -> dict[str, Any]:
	"""A sale of 100 bottles, submitted by the sales user; what he was answered."""
	lines = [shared.line(shared.bottle, 100, 4)]
	values = {"customer": shared.customer, "warehouse": shared.warehouse, "items": lines}
	return data(clients["sales"].insert("Bottle Sale", docstatus=1, **values))


def as_columns(*names: str) -> str:
	return json.dumps([f"`tabBottle Sale`.`{name}`" for name in ("name", *names)])


Request = Callable[[Client, dict[str, Any]], Any]

WAYS: dict[str, Request] = {
	"resource": lambda user, doc: user.read("Bottle Sale", doc["name"]),
	"list of all": lambda user, doc: user.list("Bottle Sale", fields=["*"], filters={"name": doc["name"]}),
	"list of named": lambda user, doc: user.list("Bottle Sale", fields=["name", *HIDDEN["Bottle Sale"]]),
	"list with alias": lambda user, doc: user.list("Bottle Sale", fields=["name", "profit as p"]),
	"list of sums": lambda user, doc: user.list("Bottle Sale", fields=["sum(profit) as p"]),
	"list of lines": lambda user, doc: user.list(
		"Bottle Sale", fields=["name", "items.cost", "items.profit"]
	),
	"lines": lambda user, doc: user.call(
		"frappe.client.get_list", doctype="Bottle Sale Item", parent="Bottle Sale", fields=["*"]
	),
	"a line": lambda user, doc: user.call(
		"frappe.client.get", doctype="Bottle Sale Item", name=doc["items"][0]["name"], parent="Bottle Sale"
	),
	"a line as resource": lambda user, doc: user.read("Bottle Sale Item", doc["items"][0]["name"]),
	"client.get": lambda user, doc: user.call("frappe.client.get", doctype="Bottle Sale", name=doc["name"]),
	"client.get_value": lambda user, doc: user.call(
		"frappe.client.get_value", doctype="Bottle Sale", filters=doc["name"], fieldname=["name", "profit"]
	),
	"a link's fields": lambda user, doc: user.call(
		"frappe.client.validate_link", doctype="Bottle Sale", docname=doc["name"], fields='["profit"]'
	),
	"form": lambda user, doc: user.call(
		"frappe.desk.form.load.getdoc", doctype="Bottle Sale", name=doc["name"]
	),
	"timeline": lambda user, doc: user.call(
		"frappe.desk.form.load.get_docinfo", doctype="Bottle Sale", name=doc["name"]
	),
	"report view": lambda user, doc: user.call(
		"frappe.desk.reportview.get", doctype="Bottle Sale", fields=as_columns("profit", "cost_of_goods")
	),
	"export": lambda user, doc: user.call(
		"frappe.desk.reportview.export_query",
		doctype="Bottle Sale",
		fields=as_columns("profit", "cost_of_goods"),
		file_format_type="CSV",
		title="Sales",
	),
	"print": lambda user, doc: user.call(
		"frappe.www.printview.get_html_and_style", doc="Bottle Sale", name=doc["name"]
	),
	"search": lambda user, doc: user.call("frappe.desk.search.search_link", doctype="Bottle Sale", txt="SO-"),
	"preview": lambda user, doc: user.call(
		"frappe.desk.link_preview.get_preview_data", doctype="Bottle Sale", docname=doc["name"]
	),
	"stock": lambda user, doc: user.list(
		"Bottle Stock", fields=["*"], filters={"warehouse": doc["warehouse"]}
	),
	"availability": lambda user, doc: user.call(
		"bottle_mfg.api.v1.availability", items=[doc["items"][0]["item"]], warehouse=doc["warehouse"]
	),
}


def figures(text: str) -> list[str]:
	return FIGURES.findall(text)


@pytest.mark.parametrize("person", ["sales", "viewer"])
@pytest.mark.parametrize("way", WAYS)
def test_reading(way: str, person: str, sold: dict[str, Any], clients: dict[str, Client]) -> None:
	answer = WAYS[way](clients[person], sold)
	assert answer.status_code in (200, 403), answer.text
	assert not figures(answer.text)


def test_the_manager_sees_them(sold: dict[str, Any], manager: Client) -> None:
	"""Or else the test above would prove nothing."""
	shown = {way for way, request in WAYS.items() if figures(request(manager, sold).text)}
	assert shown >= {"resource", "list of all", "client.get", "form", "report view", "stock", "availability"}


@pytest.mark.parametrize("person", ["sales", "viewer"])
@pytest.mark.parametrize("doctype", ["Bottle Sale", "Bottle Stock"])
def test_filters_and_order(
	doctype: str, person: str, sold: dict[str, Any], clients: dict[str, Client]
) -> None:
	"""What may not be seen may not be asked for by halves, either: is the profit above 100? above 150?"""
	user = clients[person]
	for field in HIDDEN[doctype]:
		questions = (
			user.list(doctype, filters=[[field, ">", 1]]),
			user.list(doctype, filters=[[doctype, field, ">", 1]]),
			user.list(doctype, filters={field: [">", 1]}),
			user.list(doctype, or_filters=[[field, ">", 1]]),
			user.list(doctype, order_by=f"`tab{doctype}`.`{field}` desc"),
			user.list(doctype, group_by=field),
			user.call("frappe.client.get_count", doctype=doctype, filters={field: [">", 1]}),
			user.call(
				"frappe.client.get_value", doctype=doctype, fieldname="name", filters={field: [">", 1]}
			),
			user.call(
				"frappe.desk.reportview.get_count", doctype=doctype, filters=[[doctype, field, ">", 1]]
			),
			user.call("frappe.desk.reportview.get", doctype=doctype, fields='["name"]', order_by=field),
		)
		for answer in questions:
			assert error(answer, 403)["code"] == "not_permitted"


def test_filters_on_the_lines(sold: dict[str, Any], sales: Client) -> None:
	asked = sales.list("Bottle Sale", filters=[["Bottle Sale Item", "cost", ">", 1]])
	assert error(asked, 403)
	asked = sales.call(
		"frappe.client.get_list", doctype="Bottle Sale Item", parent="Bottle Sale", order_by="unit_cost"
	)
	assert error(asked, 403)


def test_other_filters_stay_possible(sold: dict[str, Any], sales: Client, manager: Client) -> None:
	mine = {"filters": {"customer": sold["customer"]}, "order_by": "total_price desc"}
	assert [row["name"] for row in data(sales.list("Bottle Sale", **mine))] == [sold["name"]]
	# A value that happens to read like a field's name asks for nothing.
	assert data(sales.list("Bottle Sale", filters=[["customer", "=", "profit"]])) == []
	dear = {"filters": [["profit", ">", 189], ["name", "=", sold["name"]]], "order_by": "profit"}
	assert [row["name"] for row in data(manager.list("Bottle Sale", **dear))] == [sold["name"]]


def test_every_answer_on_the_way(stocked: Any, sales: Client) -> None:
	"""From the first draft to the amended copy: no answer to a change says more than a reading would."""
	answers = []

	def said(answer: Any) -> dict[str, Any]:
		answers.append(answer.text)
		body = data(answer)
		return body["docs"][0] if "docs" in body else body

	def form(doc: dict[str, Any], action: str) -> dict[str, Any]:
		return said(sales.save_form(doc, action))

	values = {
		"doctype": "Bottle Sale",
		"customer": stocked.customer,
		"warehouse": stocked.warehouse,
		"items": [stocked.line(stocked.bottle, 100, 4)],
	}
	for submit in (
		lambda doc: said(sales.change("Bottle Sale", doc["name"], docstatus=1)),
		lambda doc: said(sales.call("frappe.client.submit", doc=doc)),
		lambda doc: form(doc, "Submit"),
	):
		doc = submit(said(sales.call("frappe.client.insert", doc=values)))
		doc = said(sales.change("Bottle Sale", doc["name"], notes="soon"))
		doc = said(
			sales.call(
				"frappe.client.set_value",
				doctype="Bottle Sale",
				name=doc["name"],
				fieldname="notes",
				value="now",
			)
		)
		doc = form(doc, "Update")
		said(sales.call("frappe.client.cancel", doctype="Bottle Sale", name=doc["name"]))
		again = form(values | {"amended_from": doc["name"]}, "Save")
		again = form(again, "Submit")
		form(again, "Cancel")
	for text in answers:
		assert not figures(text)
		assert '"profit"' not in text
		assert '"cost_of_goods"' not in text


def test_the_history_of_a_purchase(shop: Any, stock: Client, manager: Client, viewer: Client) -> None:
	"""What was paid is a cost, too: the viewer sees that the purchase was changed, not from what to what."""
	lines = [shop.line(shop.preform, 10, 77.25)]
	bought = data(
		stock.insert("Bottle Purchase", supplier=shop.supplier, warehouse=shop.warehouse, items=lines)
	)
	changed = [bought["items"][0] | {"unit_price": 78.5, "quantity": 11}, shop.line(shop.cap, 1, 79.75)]
	data(stock.change("Bottle Purchase", bought["name"], items=changed))
	seen = viewer.call("frappe.desk.form.load.getdoc", doctype="Bottle Purchase", name=bought["name"])
	assert len(seen.json()["docinfo"]["versions"]) == 1
	assert '\\"quantity\\"' in seen.json()["docinfo"]["versions"][0]["data"].replace('"', '\\"')
	prices = ("77.25", "78.5", "79.75", "863.5")
	assert [price for price in prices if price in seen.text] == []
	whole = manager.call("frappe.desk.form.load.getdoc", doctype="Bottle Purchase", name=bought["name"])
	kept = whole.json()["docinfo"]["versions"][0]["data"]
	assert [price for price in prices if price not in kept] == []
