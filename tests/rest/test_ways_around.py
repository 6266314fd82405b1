"""Frappe's many other ways to a document: none tells costs, or the sales of others, to who may not see them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.rest.conftest import Client, data

ENOUGH = 777
"""A price that no other test has: 10 bottles are sold at it, at a profit of about 7,749.47."""
PROFIT = "7748.9"
COST = r"(?<!\d:)21\.05"  # and no seconds of a time


@pytest.fixture(scope="module")
def sale(shared: Any, clients: dict[str, Client]) -> dict[str, Any]:
	"""A submitted sale of the sales user; the bottles cost 2.1053 each."""
	lines = [shared.line(shared.bottle, 10, ENOUGH)]
	values = {"customer": shared.customer, "warehouse": shared.warehouse, "items": lines}
	return data(clients["sales"].insert("Bottle Sale", docstatus=1, **values))


@pytest.fixture(scope="module", autouse=True)
def profit(sale: dict[str, Any]) -> str:
	"""What the sale earned, as it would stand in an answer."""
	import frappe

	frappe.db.rollback()
	assert str(frappe.db.get_value("Bottle Sale", sale["name"], "profit")).startswith(PROFIT)
	return PROFIT


SALE = "Bottle Sale"
DEAR = json.dumps([[SALE, "profit", ">", 1]])
Request = Callable[[Client, dict[str, Any]], Any]


def card(function: str = "Sum", on: str = "profit", filters: str = "[]") -> str:
	shown = {"doctype": "Number Card", "name": "x", "document_type": SALE, "type": "Document Type"}
	return json.dumps(
		shown | {"function": function, "aggregate_function_based_on": on, "filters_json": filters}
	)


def chart(**values: Any) -> str:
	shown = {
		"name": "x",
		"document_type": SALE,
		"filters_json": "[]",
		"chart_type": "Group By",
		"type": "Bar",
	}
	shown |= {"group_by_type": "Sum", "group_by_based_on": "customer", "number_of_groups": 0}
	return json.dumps(shown | values)


DESK = "frappe.desk"
COST_WAYS: dict[str, Request] = {
	"values of a report's field": lambda user, doc: user.call(
		f"{DESK}.query_report.get_data_for_custom_field", doctype=SALE, field="profit"
	),
	"a report's added column": lambda user, doc: user.call(
		f"{DESK}.query_report.run",
		report_name="Bottle Stock Ledger",
		filters=json.dumps({"voucher_no": doc["name"]}),
		custom_columns=[
			{
				"fieldname": "profit",
				"label": "x",
				"doctype": SALE,
				"link_field": "voucher_no",
				"insert_after_index": 0,
			},
		],
	),
	"a report's export": lambda user, doc: user.call(
		f"{DESK}.query_report.export_query",
		report_name="Bottle Stock Ledger",
		filters=json.dumps({"voucher_no": doc["name"]}),
		file_format_type="CSV",
		visible_idx="[]",
		custom_columns=json.dumps(
			[
				{
					"fieldname": "profit",
					"label": "x",
					"doctype": SALE,
					"link_field": "voucher_no",
					"insert_after_index": 0,
				}
			]
		),
	),
	"states of a workflow": lambda user, doc: user.call(
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		doctype=SALE,
		workflow_state_field="profit",
		states='["x"]',
	),
	"a goal": lambda user, doc: user.call(
		"frappe.utils.goal.get_monthly_goal_graph_data",
		title="x",
		doctype=SALE,
		docname=doc["name"],
		goal_value_field="profit",
		goal_total_field="profit",
		goal_history_field="notes",
		goal_doctype=SALE,
		goal_doctype_link="name",
		goal_field="profit",
		date_field="date",
	),
	"a template with data": lambda user, doc: user.call(
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype=SALE,
		export_fields=json.dumps({SALE: ["name", "profit"], "items": ["item", "profit", "cost"]}),
		export_records="by_filter",
		export_filters=json.dumps({"name": doc["name"]}),
	),
	"a data export": lambda user, doc: user.call(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype=SALE,
		with_data=True,
		all_doctypes=True,
		select_columns=json.dumps({SALE: ["name", "profit"], "Bottle Sale Item": ["item", "profit", "cost"]}),
		filters=json.dumps({"name": doc["name"]}),
	),
	"a data export of all": lambda user, doc: user.call(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype=SALE,
		with_data=True,
		all_doctypes=True,
		filters=json.dumps({"name": doc["name"]}),
	),
	"a number card": lambda user, doc: user.call(
		f"{DESK}.doctype.number_card.number_card.get_result",
		doc=card(),
		filters=json.dumps([[SALE, "name", "=", doc["name"]]]),
	),
	"a chart": lambda user, doc: user.call(
		f"{DESK}.doctype.dashboard_chart.dashboard_chart.get",
		chart=chart(aggregate_function_based_on="profit"),
		filters=json.dumps([[SALE, "name", "=", doc["name"]]]),
		no_cache=1,
	),
	"a chart of groups": lambda user, doc: user.call(
		f"{DESK}.doctype.dashboard_chart.dashboard_chart.get",
		chart=chart(group_by_type="Count", group_by_based_on="profit"),
		filters=json.dumps([[SALE, "name", "=", doc["name"]]]),
		no_cache=1,
	),
	"a calendar": lambda user, doc: user.call(
		f"{DESK}.calendar.get_events",
		doctype=SALE,
		start="2000-01-01",
		end="2100-01-01",
		field_map=json.dumps({"start": "date", "end": "date", "title": "profit", "color": "cost_of_goods"}),
		filters=json.dumps([[SALE, "name", "=", doc["name"]]]),
		fields='["profit"]',
	),
	"more fields of a search": lambda user, doc: user.call(
		f"{DESK}.search.search_widget", doctype=SALE, txt=doc["name"], filter_fields='["profit"]'
	),
	"a sum on the lines": lambda user, doc: user.call(
		"frappe.client.get_list",
		doctype="Bottle Sale Item",
		parent=SALE,
		fields=["parent", "sum(profit) as c"],
		group_by="parent",
		order_by="parent desc",
	),
	"sums in a list": lambda user, doc: user.list(
		SALE,
		fields=["name", "sum(profit) as s", "avg(`tabBottle Sale`.`profit`) as a"],
		filters={"name": doc["name"]},
		group_by="name",
	),
	"grouped in the report view": lambda user, doc: user.call(
		f"{DESK}.reportview.get",
		doctype=SALE,
		fields='["customer"]',
		group_by="`tabBottle Sale`.`customer`",
		filters=json.dumps({"name": doc["name"]}),
		aggregate_function="sum",
		aggregate_on_field="profit",
		aggregate_on_doctype=SALE,
	),
	"a preview of a print": lambda user, doc: user.send(
		"GET",
		"method/frappe.utils.print_format.download_pdf",
		params={"doctype": SALE, "name": doc["name"], "format": "Standard"},
	),
	"a printed page": lambda user, doc: user.session.get(
		f"{user.url}/printview", params={"doctype": SALE, "name": doc["name"], "trigger_print": 0}
	),
	"a page of the form": lambda user, doc: user.send("GET", f"v2/document/Bottle Sale/{doc['name']}"),
	"its second version's list": lambda user, doc: user.send(
		"GET",
		"v2/document/Bottle Sale",
		params={"fields": '["*"]', "filters": json.dumps({"name": doc["name"]})},
	),
	"the form by version 2": lambda user, doc: user.send(
		"GET", "v2/method/frappe.desk.form.load.getdoc", params={"doctype": SALE, "name": doc["name"]}
	),
	"versions": lambda user, doc: user.list(
		"Version", fields=["data"], filters={"docname": doc["name"], "ref_doctype": SALE}
	),
	"a version's difference": lambda user, doc: user.call(
		"frappe.utils.diff.get_version_diff", from_version=1, to_version=2, fieldname="profit"
	),
	"what is linked": lambda user, doc: user.call(
		f"{DESK}.form.linked_with.get", doctype="Bottle Customer", docname=doc["customer"]
	),
	"a password": lambda user, doc: user.call(
		"frappe.client.get_password", doctype=SALE, name=doc["name"], fieldname="profit"
	),
	"a message": lambda user, doc: user.call(
		"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview",
		reference_dt=SALE,
		reference_doc=doc["name"],
		message="{{ doc.profit }}",
	),
}


@pytest.mark.parametrize("person", ["sales", "viewer"])
@pytest.mark.parametrize("way", COST_WAYS)
def test_no_way_to_costs(way: str, person: str, sale: dict[str, Any], clients: dict[str, Client]) -> None:
	answer = COST_WAYS[way](clients[person], sale)
	text = answer.text.replace(",", "")
	assert PROFIT not in text
	assert not re.search(COST, text)
	assert answer.status_code < 500 or way == "a preview of a print", answer.text


def test_the_manager_gets_there(sale: dict[str, Any], manager: Client) -> None:
	"""Or else the test above would prove nothing."""
	ways = {
		way for way, request in COST_WAYS.items() if PROFIT in request(manager, sale).text.replace(",", "")
	}
	assert ways >= {
		"values of a report's field",
		"a report's added column",
		"a goal",
		"a template with data",
		"a data export",
		"a data export of all",
		"a chart",
		"a chart of groups",
		"a calendar",
		"more fields of a search",
		"sums in a list",
	}


# By halves: is the profit above 100? above 150?

QUESTIONS: dict[str, Request] = {
	"statistics": lambda user, doc: user.call(
		f"{DESK}.reportview.get_sidebar_stats", stats='["profit"]', doctype=SALE, filters="[]"
	),
	"statistics by filter": lambda user, doc: user.call(
		f"{DESK}.reportview.get_sidebar_stats", stats='["customer"]', doctype=SALE, filters=DEAR
	),
	"counts by group": lambda user, doc: user.call(
		f"{DESK}.listview.get_group_by_count", doctype=SALE, current_filters="[]", field="profit"
	),
	"assigned ones": lambda user, doc: user.call(
		f"{DESK}.listview.get_group_by_count", doctype=SALE, current_filters=DEAR, field="assigned_to"
	),
	"the next one": lambda user, doc: user.call(
		f"{DESK}.form.utils.get_next",
		doctype=SALE,
		value=doc["name"],
		prev=0,
		sort_field="profit",
	),
	"a card's filter": lambda user, doc: user.call(
		f"{DESK}.doctype.number_card.number_card.get_result", doc=card("Count", ""), filters=DEAR
	),
	"a chart's filter": lambda user, doc: user.call(
		f"{DESK}.doctype.dashboard_chart.dashboard_chart.get",
		chart=chart(group_by_type="Count", filters_json=DEAR),
		no_cache=1,
	),
	"a search": lambda user, doc: user.call(
		f"{DESK}.search.search_link",
		doctype=SALE,
		txt="",
		ignore_user_permissions=1,
		filters=DEAR,
	),
	"an export's filter": lambda user, doc: user.call(
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype=SALE,
		export_fields=json.dumps({SALE: ["name"]}),
		export_records="by_filter",
		export_filters=DEAR,
	),
	"version 2": lambda user, doc: user.send("GET", "v2/document/Bottle Sale", params={"filters": DEAR}),
	"version 2's order": lambda user, doc: user.send(
		"GET", "v2/document/Bottle Sale", params={"order_by": "profit"}
	),
	"version 2's count": lambda user, doc: user.send(
		"GET", "v2/doctype/Bottle Sale/count", params={"filters": DEAR}
	),
	"an expression": lambda user, doc: user.list(SALE, fields=["name", "locate('7', profit) as p"]),
	"a list in a filter": lambda user, doc: user.list(SALE, filters=[["profit", "in", [1, 2]]]),
}


@pytest.mark.parametrize("person", ["sales", "viewer"])
@pytest.mark.parametrize("way", QUESTIONS)
def test_no_question_about_costs(
	way: str, person: str, sale: dict[str, Any], clients: dict[str, Client]
) -> None:
	answer = QUESTIONS[way](clients[person], sale)
	if way == "an expression" and answer.status_code == 200:  # newer releases leave it out of the answer
		assert {key for row in answer.json()["data"] for key in row} == {"name"}
	else:
		refused = (403, 404) if way != "an expression" else (403, 417)
		assert answer.status_code in refused, f"{answer.status_code} {answer.text[:500]}"


# The sales of others.

OTHERS: dict[str, Request] = {
	"search": lambda user, doc: user.call(
		f"{DESK}.search.search_link", doctype=SALE, txt=doc["name"], ignore_user_permissions=1
	),
	"search widget": lambda user, doc: user.call(
		f"{DESK}.search.search_widget", doctype=SALE, txt=doc["name"], ignore_user_permissions=1
	),
	"what is linked": COST_WAYS["what is linked"],
	"values of a report's field": lambda user, doc: user.call(
		f"{DESK}.query_report.get_data_for_custom_field", doctype=SALE, field="customer"
	),
	"a template with data": COST_WAYS["a template with data"],
	"a data export": COST_WAYS["a data export"],
	"a printed page": COST_WAYS["a printed page"],
	"a PDF": COST_WAYS["a preview of a print"],
	"several PDFs": lambda user, doc: user.call(
		"frappe.utils.print_format.download_multi_pdf", doctype=SALE, name=json.dumps([doc["name"]])
	),
	"raw commands": lambda user, doc: user.call(
		"frappe.www.printview.get_rendered_raw_commands", doc=SALE, name=doc["name"]
	),
	"version 2": COST_WAYS["a page of the form"],
	"a method of the document": lambda user, doc: user.send(
		"POST", f"v2/document/Bottle Sale/{doc['name']}/method/submit"
	),
	"its method by version 1": lambda user, doc: user.send(
		"POST", "method/run_doc_method", json={"dt": SALE, "dn": doc["name"], "method": "cancel"}
	),
	"rename": lambda user, doc: user.call(
		"frappe.client.rename_doc", doctype=SALE, old_name=doc["name"], new_name="x"
	),
	"title": lambda user, doc: user.call(
		"frappe.model.rename_doc.update_document_title",
		doctype=SALE,
		docname=doc["name"],
		title="x",
		name="x",
	),
	"share": lambda user, doc: user.call(
		"frappe.share.add", doctype=SALE, name=doc["name"], user="sales2@bottle.test", read=1
	),
	"permission to share": lambda user, doc: user.call(
		"frappe.share.set_permission",
		doctype=SALE,
		name=doc["name"],
		user="sales2@bottle.test",
		permission_to="read",
	),
	"assign": lambda user, doc: user.call(
		f"{DESK}.form.assign_to.add",
		doctype=SALE,
		name=doc["name"],
		assign_to='["sales2@bottle.test"]',
		description="x",
	),
	"comment": lambda user, doc: user.call(
		f"{DESK}.form.utils.add_comment",
		reference_doctype=SALE,
		reference_name=doc["name"],
		content="x",
		comment_email="sales2@bottle.test",
		comment_by="x",
	),
	"like": lambda user, doc: user.call(
		f"{DESK}.like.toggle_like", doctype=SALE, name=doc["name"], add="Yes"
	),
	"tag": lambda user, doc: user.call(f"{DESK}.doctype.tag.tag.add_tag", dt=SALE, dn=doc["name"], tag="x"),
	"tags": lambda user, doc: user.call(
		f"{DESK}.doctype.tag.tag.add_tags", dt=SALE, docs=json.dumps([doc["name"]]), tags='["x"]'
	),
	"no tag": lambda user, doc: user.call(
		f"{DESK}.doctype.tag.tag.remove_tag", dt=SALE, dn=doc["name"], tag="x"
	),
	"attach": lambda user, doc: user.session.post(
		f"{user.url}/api/method/upload_file",
		data={"doctype": SALE, "docname": doc["name"], "is_private": 1},
		files={"file": ("note.txt", b"x")},
	),
	"mail": lambda user, doc: user.call(
		"frappe.core.doctype.communication.email.make",
		doctype=SALE,
		name=doc["name"],
		content="x",
		recipients="sales2@bottle.test",
	),
	"transitions": lambda user, doc: user.call(
		"frappe.model.workflow.get_transitions", doc=json.dumps({"doctype": SALE, "name": doc["name"]})
	),
	"a return": lambda user, doc: user.call("bottle_mfg.api.v1.make_return", doctype=SALE, name=doc["name"]),
	"a preview": lambda user, doc: user.call(
		"bottle_mfg.api.v1.preview_correction", doctype=SALE, name=doc["name"], action="Cancel"
	),
	"counts of links": lambda user, doc: user.call(
		f"{DESK}.notifications.get_open_count", doctype=SALE, name=doc["name"], items="[]"
	),
}


@pytest.mark.parametrize("way", OTHERS)
def test_no_way_to_the_sales_of_others(way: str, sale: dict[str, Any], sales2: Client, admin: Client) -> None:
	def state() -> dict[str, Any]:
		kept = ("docstatus", "modified", "_user_tags", "_liked_by", "_assign", "_comments")
		return {key: one for key, one in data(admin.read(SALE, sale["name"])).items() if key in kept}

	before = state()
	answer = OTHERS[way](sales2, sale)
	told = answer.text.replace(f"/{sale['name']}", "")
	assert "7770" not in told.replace(",", "")
	assert answer.status_code in (401, 403, 404, 417) or sale["name"] not in told, answer.text
	assert state() == before


def test_a_shared_sale_has_no_costs(sale: dict[str, Any], sales: Client, sales2: Client) -> None:
	who = {"doctype": SALE, "name": sale["name"], "user": "sales2@bottle.test"}
	data(sales.call("frappe.share.add", read=1, **who))
	try:
		seen = sales2.read(SALE, sale["name"])
		assert data(seen)["total_price"] == 10 * ENOUGH
		assert PROFIT not in seen.text
		assert PROFIT not in sales2.call(f"{DESK}.form.load.getdoc", doctype=SALE, name=sale["name"]).text
		assert PROFIT not in sales2.list(SALE, fields=["*"]).text
	finally:
		data(sales.call("frappe.share.set_permission", permission_to="read", value=0, **who))
	assert sales2.read(SALE, sale["name"]).status_code == 403


def test_global_search(sale: dict[str, Any], clients: dict[str, Client], searchable: None) -> None:
	"""An admin may have sales searched; each finds those that he may read, and no costs."""

	def found(person: str, text: str) -> list[str]:
		body = clients[person].call("frappe.utils.global_search.search", text=text).json()
		assert PROFIT not in json.dumps(body)
		return [one["name"] for one in body["message"]]

	assert sale["name"] in found("sales", sale["customer"])
	assert sale["name"] in found("viewer", sale["customer"])
	assert sale["name"] not in found("sales2", sale["customer"])
	assert sale["name"] not in found("stock", sale["customer"])


@pytest.fixture
def searchable(sale: dict[str, Any], db: Any) -> Iterator[None]:
	import frappe
	from frappe.utils.global_search import sync_global_search, update_global_search

	settings = frappe.get_single("Global Search Settings")
	before = [row.document_type for row in settings.allowed_in_global_search if row.document_type != SALE]
	searched(*before, SALE)
	update_global_search(frappe.get_doc(SALE, sale["name"]))
	sync_global_search()
	db.commit()
	yield
	db.rollback()
	searched(*before)
	db.commit()


def searched(*doctypes: str) -> None:
	import frappe

	settings = frappe.get_single("Global Search Settings")
	settings.set("allowed_in_global_search", [])
	for doctype in doctypes:
		settings.append("allowed_in_global_search", {"document_type": doctype})
	settings.save()
