"""Long reports: pages on the screen, the whole in a file."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import frappe
import pytest

from bottle_mfg.api import guards
from bottle_mfg.reporting import paging
from tests.reports import Run

RECEIVABLES = "Bottle Receivables"


@pytest.fixture
def owing(factory: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""One customer with five open bills, and pages of about two rows."""
	monkeypatch.setattr(paging, "ROWS", 2)
	factory.purchase(items=[factory.line(factory.bottle, 100, 2)]).submit()
	factory.bills = [factory.sale(1, price).submit().name for price in (3, 4, 5, 6, 7)]
	return factory


def statement(factory: Any, **filters: Any) -> Run:
	return Run("Bottle Customer Statement", customer=factory.customer, **filters)


def documents(run: Run) -> list[str]:
	return [row["document"] for row in run.rows if row.get("document")]


def test_the_pages_are_the_report(owing: Any) -> None:
	pages = [statement(owing, page_number=number) for number in (1, 2, 3)]
	assert [name for page in pages for name in documents(page)] == documents(statement(owing)) == owing.bills
	assert {len(documents(page)) for page in pages} == {1, 2}
	for page in pages:
		assert page.rows[-1]["what"] == "Closing balance" and page.rows[-1]["balance"] == 25
		assert page.cards["Closing balance"] == 25


def test_the_message_leads_to_the_next_page(owing: Any) -> None:
	first, last = (statement(owing, page_number=number).answer["message"] for number in (1, 3))
	assert (
		first.startswith("Rows 1 to 2 of 6.") and 'data-bottle-page="2"' in first and "Previous" not in first
	)
	assert last.startswith("Rows 5 to 6 of 6.") and 'data-bottle-page="2"' in last and "Next" not in last
	assert statement(owing, page_number=99).answer["message"] == last
	assert statement(owing, page_number="<b>").answer["message"] == first


def test_a_group_is_not_cut(owing: Any) -> None:
	run = Run(RECEIVABLES, customer=owing.customer, page_number=1)
	assert [row["indent"] for row in run.rows[:-1]] == [0, 1, 1, 1, 1, 1]
	assert run.answer["message"].startswith("Rows 1 to 6 of 6.")


def test_groups_fill_pages_one_after_the_other(owing: Any) -> None:
	sizes = [6, 1, 1, 3]
	pages = [paging.groups(sizes, number) for number in (1, 2, 3, 99)]
	assert [range(4)[shown] for shown, _note in pages] == [range(1), range(1, 3), range(3, 4), range(3, 4)]
	assert [note.split(".")[0] for _shown, note in pages if note] == [
		"Rows 1 to 6 of 11",
		"Rows 7 to 8 of 11",
		"Rows 9 to 11 of 11",
		"Rows 9 to 11 of 11",
	]
	assert paging.groups(sizes, None) == (slice(None), None)


def exported(report: str, visible: int | list[int], **filters: Any) -> list[list[str]]:
	"""The rows of a file, asked for by a screen that shows so many rows."""
	frappe.local.form_dict = frappe._dict(
		report_name=report,
		file_format_type="CSV",
		filters=json.dumps(filters),
		visible_idx=json.dumps(list(range(visible)) if isinstance(visible, int) else visible),
	)
	guards.export_report(report)
	return list(csv.reader(io.StringIO(frappe.local.response.filecontent.decode())))


def test_a_file_has_all_pages(owing: Any) -> None:
	for page in (1, 2, 3):
		rows = exported("Bottle Customer Statement", 3, customer=owing.customer, page_number=page)
		assert [name for row in rows for name in row if name in owing.bills] == owing.bills


def test_a_file_of_what_was_narrowed_down_has_no_more(owing: Any) -> None:
	rows = exported("Bottle Customer Statement", [1], customer=owing.customer, page_number=2)
	assert [name for row in rows for name in row if name in owing.bills] == owing.bills[2:3]


def test_a_job_gets_the_whole(owing: Any) -> None:
	frappe.local.job = frappe._dict(method="mail")
	try:
		assert documents(statement(owing, page_number=1)) == owing.bills
	finally:
		del frappe.local.job
