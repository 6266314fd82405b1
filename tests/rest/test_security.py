"""What an attacker tries over HTTP: SQL in filters and orders, computed fields in a document, figures of the inside."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.rest.conftest import Client, data

INJECTIONS = (
	"' or '1'='1",
	"1; drop table `tabBottle Sale`; --",
	"name` from `tabBottle Sale` union select password from __Auth -- ",
	"(select sleep(0.2))",
	"benchmark(9e8, md5(1))",
	"if(1=1, name, profit)",
	"extractvalue(1, concat(0x7e, version()))",
	"name, (select password from __Auth limit 1)",
	"*/ or 1=1 /*",
)
INSIDE = (
	"Traceback",
	"pymysql",
	"MariaDB",
	"SQL syntax",
	r"\b10[56]4\b",
	"apps/",
	r'\.py\\"',
	r'File \\"',
)
REPORTS = (
	"Bottle Stock Balance",
	"Bottle Stock Ledger",
	"Bottle Production",
	"Bottle Profit and Loss",
	"Bottle Customer Statement",
	"Bottle Supplier Statement",
	"Bottle Receivables",
	"Bottle Payables",
)


def told(text: str, asked: str) -> list[str]:
	"""What an answer tells of the inside, but for what was asked itself. An item's code may hold any four figures."""
	said = text.replace(asked, "")
	return [one for one in INSIDE if re.search(one, said)]


@pytest.mark.parametrize("injection", INJECTIONS)
def test_sql_in_lists(injection: str, shared: Any, manager: Client) -> None:
	method = "frappe.desk.reportview.get"
	for answer in (
		manager.list("Bottle Item", order_by=injection),
		manager.list("Bottle Item", group_by=injection),
		manager.list("Bottle Item", fields=[injection]),
		manager.list("Bottle Item", filters=[[injection, "=", "x"]]),
		manager.list("Bottle Item", filters=[["name", injection, "x"]]),
		manager.list("Bottle Item", filters=[["name", "=", injection]]),
		manager.list("Bottle Item", filters={"name": ["in", [injection]]}),
		manager.call(method, doctype="Bottle Item", fields='["name"]', order_by=injection),
		manager.call(method, doctype="Bottle Item", fields='["name"]', group_by=injection),
		manager.call("frappe.client.get_value", doctype="Bottle Item", fieldname=injection, filters="x"),
		manager.call("frappe.client.get_count", doctype="Bottle Item", filters={injection: "x"}),
		manager.call(
			"frappe.desk.search.search_link", doctype="Bottle Item", txt=injection, searchfield=injection
		),
		manager.call("bottle_mfg.api.v1.availability", items=[injection], warehouse=injection),
	):
		assert told(answer.text, injection) == []
		assert answer.elapsed.total_seconds() < 2, "20 items would sleep for 4 seconds"


@pytest.mark.parametrize("report", REPORTS)
def test_sql_in_the_filters_of_reports(report: str, shared: Any, manager: Client) -> None:
	names = (
		"item",
		"warehouse",
		"customer",
		"supplier",
		"voucher_no",
		"voucher_type",
		"order",
		"rows",
		"page",
	)
	dates = ("from_date", "to_date", "as_of", "group_by", "by", "show")
	for injection in INJECTIONS[:4]:
		for filters in (dict.fromkeys(names, injection), dict.fromkeys((*names, *dates), injection)):
			answer = manager.call(
				"frappe.desk.query_report.run", report_name=report, filters=json.dumps(filters)
			)
			assert answer.status_code == 422, answer.text
			assert told(answer.text, injection) == []


def test_nothing_of_the_inside_is_told(shared: Any, manager: Client, sales: Client) -> None:
	"""Whatever goes wrong, and wherever: the Error Log has it."""
	odd = {"doctype": "Bottle Sale", "filters": json.dumps([["name", "timespan", "x"]])}
	for answer in (
		manager.call("frappe.client.get_list", **odd),
		manager.call(
			"frappe.desk.reportview.get", doctype="Bottle Sale", fields="[]", order_by="nonsense asc"
		),
		manager.call(
			"frappe.desk.calendar.get_events", doctype="Bottle Sale", start=1, end=2, field_map="{}"
		),
		manager.call("frappe.desk.form.load.getdoc", doctype="Bottle Sale", name=["x"]),
		manager.call("frappe.client.insert", doc={"doctype": "Bottle Sale", "items": 5}),
		sales.read("Bottle Purchase", "x"),
		sales.call("frappe.desk.query_report.run", report_name="Bottle Profit and Loss"),
		manager.call("frappe.desk.query_report.run", report_name="Bottle Stock Ledger", filters="[[["),
		manager.call("bottle_mfg.api.v1.availability", items={"a": 1}),
	):
		assert told(answer.text, "x") == [], answer.text[:1500]
		assert answer.status_code == 200 or answer.json()["detail"]


COMPUTED = {
	"Bottle Sale": {
		"total_price": 1,
		"cost_of_goods": 1,
		"profit": 1e6,
		"paid_amount": 400,
		"credited_amount": 400,
		"outstanding_amount": 0,
		"payment_status": "Paid",
		"status": "Completed",
		"owner": "sales2@bottle.test",
		"modified_by": "manager@bottle.test",
		"creation": "2001-01-01",
		"approved_by": "manager@bottle.test",
		"needs_approval": 0,
		"approved_amount": 1e9,
		"content_digest": "x",
		"amended_from": None,
	},
	"Bottle Sale Item": {
		"amount": 1,
		"unit_cost": 0.01,
		"cost": 0.01,
		"profit": 1e6,
		"docstatus": 1,
		"idx": 9,
	},
}


@pytest.mark.parametrize("submit", [False, True], ids=["draft", "submitted"])
def test_computed_fields_are_not_taken_from_a_client(
	submit: bool, shared: Any, sales: Client, admin: Client
) -> None:
	line = shared.line(shared.bottle, 3, 4) | COMPUTED["Bottle Sale Item"]
	values = {"customer": shared.customer, "warehouse": shared.warehouse, "items": [line]} | COMPUTED[
		"Bottle Sale"
	]
	answer = sales.insert("Bottle Sale", **values, docstatus=int(submit))
	kept = data(admin.read("Bottle Sale", data(answer)["name"]))
	assert kept["docstatus"] == int(submit)
	assert (kept["total_price"], kept["outstanding_amount"], kept["paid_amount"]) == (12, 12, 0)
	assert (kept["payment_status"], kept["status"]) == ("Pending", "Confirmed" if submit else "Draft")
	assert (kept["owner"], kept["modified_by"]) == ("sales@bottle.test", "sales@bottle.test")
	assert kept["creation"] > "2020"
	assert not kept.get("approved_by")
	assert kept["profit"] == (pytest.approx(12 - 3 * 2000 / 950, abs=0.001) if submit else 0)
	(row,) = kept["items"]
	assert (row["amount"], row["idx"], row["docstatus"]) == (12, 1, int(submit))
	assert row["cost"] == (pytest.approx(3 * 2000 / 950, abs=0.001) if submit else 0)
	if submit:
		changed = sales.change("Bottle Sale", kept["name"], paid_amount=12, outstanding_amount=0, profit=0)
		assert changed.status_code in (200, 403, 409, 417, 422)
		after = data(admin.read("Bottle Sale", kept["name"]))
		same = ("paid_amount", "outstanding_amount", "profit", "total_price", "payment_status")
		assert {one: after[one] for one in same} == {one: kept[one] for one in same}


def test_input_is_bounded(shared: Any, sales: Client) -> None:
	from bottle_mfg.controllers.client_document import MOST_LINES

	base = {"customer": shared.customer, "warehouse": shared.warehouse}
	long = sales.insert("Bottle Sale", **base, items=[shared.line(shared.bottle, 1, 1)], notes="x" * 70_000)
	assert long.status_code == 422
	many = sales.insert("Bottle Sale", **base, items=[shared.line(shared.bottle, 1, 1)] * (MOST_LINES + 1))
	assert many.status_code == 422, many.text[:300]
	assert many.json()["detail"][0]["type"] == "too_long"


def test_csrf(url: str, clients: dict[str, Client], shared: Any) -> None:
	"""A session that came by a browser's form has to show Frappe's token with every change."""
	import frappe

	frappe.db.rollback()
	client = Client(url).login("sales@bottle.test")
	page = client.session.get(f"{url}/app")
	token = page.text.split('csrf_token = "')[1].split('"')[0]
	assert len(token) > 20
	line = {"customer_name": f"CSRF {frappe.generate_hash(length=6)}"}
	assert client.insert("Bottle Customer", **line).status_code in (400, 403, 417)
	client.session.headers["X-Frappe-CSRF-Token"] = token
	data(client.insert("Bottle Customer", **line))


def test_markup_is_cleaned_out_of_what_is_submitted_at_once(
	shared: Any, stock: Client, admin: Client
) -> None:
	"""Frappe cleans what is submitted only where it may change after that, which a bill's number may not."""
	import frappe

	names = []
	for first, then in (({"docstatus": 1}, {}), ({}, {"docstatus": 1})):
		hack = f'<b onclick="x()">{frappe.generate_hash(length=6)}</b><script>x()</script>'
		values = {
			"supplier": shared.supplier,
			"warehouse": shared.warehouse,
			"items": [shared.line(shared.cap, 1, 1)],
		}
		bill = {"supplier_bill_no": hack}
		made = data(stock.insert("Bottle Purchase", **values, **first, **(bill if first else {})))
		if then:
			data(stock.change("Bottle Purchase", made["name"], **then, **bill))
		names.append(made["name"])
	for name in names:
		kept = data(admin.read("Bottle Purchase", name))
		assert kept["docstatus"] == 1
		assert "<b>" in kept["supplier_bill_no"]
		assert "onclick" not in kept["supplier_bill_no"]
		assert "<script" not in kept["supplier_bill_no"]
