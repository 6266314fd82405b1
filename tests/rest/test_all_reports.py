"""What every report of the app has: rows with a total, a chart, a way to the documents, and the same figures in a file."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from frappe.utils import add_days, nowdate

from tests.rest.conftest import Client, data

FOLDER = Path(__file__).parents[2] / "bottle_mfg" / "bottle_mfg" / "report"
REPORTS = {
	one["name"]: {role["role"] for role in one["roles"]}
	for one in (json.loads(path.read_text()) for path in sorted(FOLDER.glob("*/*.json")))
}
_MARKUP = re.compile(r"<\w")
"""Other tests leave items with names of HTML, of which Frappe makes something else in a sheet."""

NO_TOTAL = {
	"Bottle Stock Ledger": "it comes in pages: its cards have what all of them come to",
	"Bottle Possible Duplicates": "what is perhaps entered twice has no sum",
}
NO_CHART = {
	"Bottle Supplier Statement": "it draws a course where something happened on two days",
	"Bottle Possible Duplicates": "pairs have no course",
}
LEADS_ON = ("get_form_link", "reports.drill", "reports.documents", "reports.record")
"""What a report's script makes links with."""
MONEY = ("cost", "value", "profit", "margin", "price")


@pytest.fixture(scope="module")
def busy(site: str) -> Any:
	"""A factory with something for every report."""
	import frappe

	from tests.factory import Factory

	frappe.db.rollback()
	frappe.set_user("Administrator")
	factory = Factory()
	lines = [factory.line(factory.preform, 2000, 2), factory.line(factory.cap, 500, 0.5)]
	factory.purchase(items=lines, date=add_days(nowdate(), -100)).submit()
	rejects = [{"stage": "Bottle", "reason": "Burst", "quantity": 30}]
	factory.blow(1000, 950, rejects=rejects, machine="M1", shift="Morning").submit()
	for _twice in range(2):
		factory.sale(100, 4).submit()
	factory.count({factory.preform: 990}).submit()
	frappe.db.set_value("Bottle Item", factory.preform, "reorder_level", 5000)
	category = factory.make("Bottle Expense Category", category_name=f"Rent {factory.tag}").name
	factory.make("Bottle Expense", category=category, amount=5, description="May").submit()
	frappe.db.commit()
	return factory


@pytest.fixture(scope="module")
def seen(busy: Any, clients: dict[str, Client]) -> Callable[[str, str], Any]:
	"""What a user gets of a report, asked once."""
	answers: dict[tuple[str, str], Any] = {}

	def ask(user: str, report: str) -> Any:
		if (user, report) not in answers:
			answers[user, report] = data(
				clients[user].call(
					"frappe.desk.query_report.run",
					report_name=report,
					filters=json.dumps(filters(busy, report)),
				)
			)
		return answers[user, report]

	return ask


def filters(factory: Any, report: str) -> dict[str, Any]:
	"""None but what a report asks for, and few enough rows to be read."""
	if report == "Bottle Stock Ledger":
		return {"item": factory.preform}
	party = {"Bottle Customer Statement": "customer", "Bottle Supplier Statement": "supplier"}.get(report)
	return {party: getattr(factory, party)} if party else {}


def export(client: Client, factory: Any, report: str, kind: str, rows: int) -> Any:
	return client.send(
		"POST",
		"method/frappe.desk.query_report.export_query",
		data={
			"report_name": report,
			"file_format_type": kind,
			"filters": json.dumps(filters(factory, report)),
			"applied_filters": "{}",
			"custom_columns": "[]",
			"visible_idx": json.dumps([*range(rows)]),
			"include_indentation": 0,
			"include_filters": 0,
			"csv_delimiter": ",",
			"csv_quoting": 2,
			"csv_decimal_sep": ".",
		},
	)


def shown(answer: Any) -> list[list[Any]]:
	"""The screen's table: labels, then the cells of each row."""
	columns = [column for column in answer["columns"] if not column.get("hidden")]
	cells = [[row.get(column["fieldname"]) for column in columns] for row in answer["result"]]
	return [[column["label"] for column in columns], *cells]


def plain(cell: Any) -> Any:
	"""A cell as all three say it: numbers as numbers, nothing as an empty text, moments without their fraction."""
	if cell in (None, ""):
		return ""
	try:
		return round(float(cell), 6)
	except (TypeError, ValueError):
		return str(cell).split(".")[0].removesuffix(" 00:00:00")


def plain_rows(rows: Any) -> list[list[Any]]:
	"""Sheets end a row with its last filled cell."""
	return [_stripped([plain(cell) for cell in row]) for row in rows]


def assert_same(rows: Any, answer: Any) -> None:
	"""A file has the rows of the screen, names with markup apart."""
	wanted = plain_rows(shown(answer))
	found = [
		[there if _MARKUP.search(str(there)) else here for here, there in zip(row, of_screen, strict=False)]
		+ row[len(of_screen) :]
		for row, of_screen in zip(plain_rows(rows), wanted, strict=True)
	]
	assert found == wanted


def _stripped(row: list[Any]) -> list[Any]:
	while row and row[-1] == "":
		row.pop()
	return row


@pytest.mark.parametrize("report", REPORTS)
def test_it_is_whole(report: str, seen: Any, manager: Client) -> None:
	answer = seen("manager", report)
	assert answer["result"], "nothing to show"
	bold = [row for row in answer["result"] if row.get("bold")]
	assert bold or report in NO_TOTAL
	assert (answer["chart"] or {}).get("data") or report in NO_CHART
	linked = {column["fieldtype"] for column in answer["columns"]} & {"Link", "Dynamic Link"}
	script = data(manager.call("frappe.desk.query_report.get_script", report_name=report))["script"]
	assert linked or any(word in script for word in LEADS_ON), "no way to the documents"


@pytest.mark.parametrize("kind", ["Excel", "CSV"])
@pytest.mark.parametrize("report", REPORTS)
def test_files_have_what_the_screen_has(
	report: str, kind: str, seen: Any, busy: Any, manager: Client
) -> None:
	answer = seen("manager", report)
	file = export(manager, busy, report, kind, len(answer["result"]))
	assert file.status_code == 200, file.text[:500]
	assert_same(read(file.content, kind), answer)


@pytest.mark.parametrize("report", [name for name, roles in REPORTS.items() if "Bottle Viewer" in roles])
def test_files_keep_costs_from_who_may_not_see_them(
	report: str, seen: Any, busy: Any, viewer: Client
) -> None:
	answer = seen("viewer", report)
	file = export(viewer, busy, report, "Excel", len(answer["result"]))
	assert file.status_code == 200, file.text[:500]
	rows = read(file.content, "Excel")
	assert_same(rows, answer)
	of_costs = {
		column["label"]
		for column in seen("manager", report)["columns"]
		if any(word in column["fieldname"] for word in MONEY)
	}
	assert not of_costs & set(rows[0])


@pytest.mark.parametrize(
	"report", [name for name, roles in REPORTS.items() if "Bottle Sales User" not in roles]
)
def test_sales_staff_see_no_more_than_theirs(report: str, busy: Any, sales: Client) -> None:
	asked = json.dumps(filters(busy, report))
	answer = sales.call("frappe.desk.query_report.run", report_name=report, filters=asked)
	assert answer.status_code == 403
	assert busy.tag not in answer.text


@pytest.mark.parametrize("report", [name for name, roles in REPORTS.items() if "Bottle Viewer" not in roles])
def test_files_are_for_who_may_see_the_report(report: str, busy: Any, viewer: Client) -> None:
	assert export(viewer, busy, report, "Excel", 0).status_code == 403


def read(content: bytes, kind: str) -> list[list[Any]]:
	if kind == "CSV":
		return [*csv.reader(io.StringIO(content.decode("utf-8-sig")))]
	(sheet,) = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
	return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_report_becomes_a_pdf(seen: Any, manager: Client) -> None:
	"""What the Desk sends: the table as it drew it."""
	rows = "".join(
		"<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>"
		for row in shown(seen("manager", "Bottle Low Stock"))
	)
	file = manager.send(
		"POST",
		"method/frappe.utils.print_format.report_to_pdf",
		data={"html": f"<html><body><table>{rows}</table></body></html>", "orientation": "Landscape"},
	)
	assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
	from pypdf import PdfReader

	page = PdfReader(io.BytesIO(file.content)).pages[0].mediabox
	assert page.width > page.height
