"""The reports over HTTP: who may run which, what it tells them, and what a wrong filter answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

ALLOWED = {
	"Bottle Cost Analysis": {"manager", "stock"},
	"Bottle Profit and Loss": {"manager"},
	"Bottle Stock Balance": {"manager", "stock", "sales", "viewer"},
	"Bottle Stock Ledger": {"manager", "stock", "viewer"},
	"Bottle Production": {"manager", "stock", "viewer"},
}
COSTS = ("cost", "value", "profit", "revenue", "margin")
SEES_COSTS = {"manager", "stock"}


def run(client: Client, report: str, **filters: Any) -> Any:
	return client.call("frappe.desk.query_report.run", report_name=report, filters=json.dumps(filters))


@pytest.mark.parametrize("report", ALLOWED)
@pytest.mark.parametrize("user", ["manager", "stock", "sales", "viewer", "guest"])
def test_who_may_run_it(clients: dict[str, Client], stocked: Any, report: str, user: str) -> None:
	answer = run(clients[user], report, warehouse=stocked.warehouse)
	if user not in ALLOWED[report]:
		assert answer.status_code in (401, 403)
		assert stocked.bottle not in answer.text
		return
	body = data(answer)
	assert body["result"]
	named = {column["fieldname"] for column in body["columns"]} | {
		key for row in body["result"] for key in row
	}
	named |= {row["line"] for row in body["result"] if "line" in row}
	told = sorted(name for name in named if any(word in name for word in COSTS))
	assert bool(told) == (user in SEES_COSTS), told


@pytest.mark.parametrize("report", ALLOWED)
def test_all_faults_come_at_once(manager: Client, report: str) -> None:
	answer = run(manager, report, from_date="2024-02-30", to_date="soon", warehouse="x' or '1'='1")
	body = error(answer, 422)
	assert body["code"] == "invalid_value"
	assert [(fault["loc"], fault["type"]) for fault in body["detail"]] == [
		(["filters", "to_date"], "date"),
		(["filters", "from_date"], "date"),
		(["filters", "warehouse"], "not_found"),
	]


def test_sales_staff_do_not_learn_what_others_sold(
	sales: Client, sales2: Client, stocked: Any, fresh: Any
) -> None:
	line = {"item": stocked.bottle, "quantity": 37, "unit_price": 4.25}
	sale = {"customer": stocked.customer, "warehouse": stocked.warehouse, "docstatus": 1, "items": [line]}
	name = data(sales.insert("Bottle Sale", **sale))["name"]
	body = data(run(sales2, "Bottle Stock Balance", warehouse=stocked.warehouse))
	(bottle,) = (row for row in body["result"] if row["item"] == stocked.bottle)
	assert bottle["closing"] == 913
	assert name not in json.dumps(body)
	assert not {"went_out", "opening", "came_in"} & set(bottle)
	assert run(sales2, "Bottle Stock Ledger", voucher_no=name).status_code == 403


def test_a_report_links_to_its_documents(viewer: Client, stocked: Any) -> None:
	body = data(run(viewer, "Bottle Stock Ledger", item=stocked.bottle))
	columns = {column["fieldname"]: column for column in body["columns"]}
	assert columns["voucher_no"]["fieldtype"] == "Dynamic Link"
	(row,) = body["result"]
	assert (
		data(viewer.read(row[columns["voucher_no"]["options"]], row["voucher_no"]))["to_item"]
		== stocked.bottle
	)


def test_who_may_run_the_reports_of_money(clients: dict[str, Client], stocked: Any) -> None:
	line = {"item": stocked.bottle, "quantity": 37, "unit_price": 4.25}
	sale = {"customer": stocked.customer, "warehouse": stocked.warehouse, "docstatus": 1, "items": [line]}
	data(clients["sales"].insert("Bottle Sale", **sale))
	staff = {"manager", "sales", "viewer"}
	for report, allowed, sees in (
		("Bottle Gross Profit", {"manager"}, {"manager"}),
		("Bottle Purchases by Supplier", {"manager", "stock"}, {"manager", "stock"}),
		("Bottle Sales by Customer", staff | {"sales2"}, staff),
	):
		for user in ("manager", "stock", "sales", "sales2", "viewer", "guest"):
			answer = run(clients[user], report, warehouse=stocked.warehouse)
			if user not in allowed:
				assert answer.status_code in (401, 403), (report, user)
				assert stocked.tag not in answer.text
				continue
			assert bool(data(answer)["result"]) == (user in sees), (report, user)
			told = {column["fieldname"] for column in data(answer)["columns"]}
			told |= {key for row in data(answer)["result"] for key in row}
			if report == "Bottle Sales by Customer":
				assert not [name for name in told if any(word in name for word in COSTS)]
