"""Long reports: pages on the screen, the whole in a file."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any

import frappe
import pytest
from frappe.core.doctype.prepared_report import prepared_report
from frappe.core.doctype.report.report import enable_prepared_report
from frappe.utils import add_days, nowdate

from bottle_mfg.api import guards
from bottle_mfg.bottle_mfg.report.bottle_stock_ledger import bottle_stock_ledger
from bottle_mfg.errors import InvalidValueError
from bottle_mfg.reporting import data_version, paging, stopwatch
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


@pytest.fixture
def trading(factory: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""Three goods that three customers buy some of, and that run low all the same; pages of about two rows."""
	monkeypatch.setattr(paging, "ROWS", 2)
	goods = [factory.item(f"G{number}", "Sold", reorder_level=500) for number in range(3)]
	lines = [factory.line(item, 100, 2) for item in goods]
	for number in range(3):
		name = f"Mill {number} {factory.tag}"
		supplier = factory.make("Bottle Supplier", supplier_name=name).name if number else factory.supplier
		factory.purchase(supplier=supplier, items=lines, date=add_days(nowdate(), -100 - number)).submit()
		name = f"Shop {number} {factory.tag}"
		customer = factory.make("Bottle Customer", customer_name=name).name
		factory.sale(items=[factory.line(goods[number], 1, 3 + number)], customer=customer).submit()
	return factory


LONG = {
	"Bottle Sales by Customer": {},
	"Bottle Purchases by Supplier": {},
	"Bottle Gross Profit": {"group_by": "Item"},
	"Bottle Low Stock": {},
	"Bottle Slow Movers": {},
	"Bottle Profit and Loss": {},
}


def total_and_rest(rows: list[Any]) -> tuple[list[Any], list[Any]]:
	"""The last rows that are bold, and all before them."""
	last = max(place for place, row in enumerate(rows) if not row.get("bold") or row.get("indent"))
	return rows[last + 1 :], rows[: last + 1]


@pytest.mark.parametrize("report", LONG)
def test_what_is_long_comes_in_pages(trading: Any, report: str) -> None:
	since = add_days(nowdate(), -120)
	filters = {"warehouse": trading.warehouse, "from_date": since, **LONG[report]}
	if report == "Bottle Low Stock":
		filters["supplier"] = trading.supplier
	whole, pages = Run(report, **filters), [Run(report, page_number=1, **filters)]
	while "Next page" in (pages[-1].answer["message"] or ""):
		pages.append(Run(report, page_number=len(pages) + 1, **filters))
	assert len(pages) > 1
	total, rest = total_and_rest(whole.rows)
	assert [row for page in pages for row in total_and_rest(page.rows)[1]] == rest
	for page in pages:
		assert total_and_rest(page.rows)[0] == total
		assert (page.cards, page.answer["chart"]) == (whole.cards, whole.answer["chart"])


def test_gross_profit_by_customer_comes_in_pages(trading: Any) -> None:
	filters = {"warehouse": trading.warehouse, "group_by": "Customer"}
	first, second = (Run("Bottle Gross Profit", page_number=page, **filters).rows for page in (1, 2))
	whole = Run("Bottle Gross Profit", **filters).rows
	assert [*first[:-1], *second] == whole and first[-1] == second[-1]


def exported(report: str, visible: list[int], *, all_rows: bool = True, **filters: Any) -> list[list[str]]:
	"""The rows of a file, asked for by a screen that shows these rows, narrowed down by its column filters or not."""
	frappe.local.form_dict = frappe._dict(
		report_name=report,
		file_format_type="CSV",
		filters=json.dumps(filters),
		visible_idx=json.dumps(visible),
		all_rows="1" if all_rows else "0",
	)
	frappe.local.response = frappe._dict(docs=[])
	guards.export_report(report)
	return list(csv.reader(io.StringIO(frappe.local.response.filecontent.decode())))


def bills(owing: Any, rows: list[list[str]]) -> list[str]:
	return [cell for row in rows for cell in row if cell in owing.bills]


@pytest.mark.parametrize("visible", [[0, 1, 2], [2, 0, 1], [0, 2]], ids=["as it opens", "sorted", "folded"])
@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_file_has_all_pages(owing: Any, page: int, visible: list[int]) -> None:
	rows = exported("Bottle Customer Statement", visible, customer=owing.customer, page_number=page)
	assert bills(owing, rows) == owing.bills


def test_a_file_of_a_folded_tree_has_every_customer(owing: Any) -> None:
	"""Only heads are visible as the report opens; each customer fills a page."""
	other = owing.make("Bottle Customer", customer_name=f"Other {owing.tag}", credit_days=30).name
	owing.bills.append(owing.sale(1, 8, customer=other).submit().name)
	heads = [place for place, row in enumerate(Run(RECEIVABLES, page_number=1).rows) if not row.get("indent")]
	rows = exported(RECEIVABLES, heads, page_number=1)
	assert sorted(bills(owing, rows)) == sorted(owing.bills)
	assert {owing.customer, other} <= {row[0] for row in rows}


def test_a_file_of_what_was_narrowed_down_has_no_more(owing: Any) -> None:
	filters = {"customer": owing.customer, "page_number": 2, "all_rows": False}
	assert bills(owing, exported("Bottle Customer Statement", [1], **filters)) == owing.bills[2:3]
	# What a filter left may just as well be the first rows of a page.
	assert bills(owing, exported("Bottle Customer Statement", [0, 1], **filters)) == owing.bills[1:3]


@pytest.fixture
def in_a_job(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
	"""Begins a stretch in which everything is done in the background."""

	@contextmanager
	def begin() -> Iterator[None]:
		with monkeypatch.context() as background:
			background.setattr(frappe.local, "job", frappe._dict(method="mail"), raising=False)
			yield

	return begin


def test_a_file_of_a_prepared_report_is_what_was_prepared(
	owing: Any, in_a_job: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
	"""It is kept under the filters of the screen, which name a page."""
	report, filters = "Bottle Customer Statement", {"customer": owing.customer, "page_number": 1}
	monkeypatch.setattr(prepared_report, "enqueue", lambda *_job, **_options: None)
	monkeypatch.setattr(prepared_report, "update_job_id", lambda *_job: None)
	made = prepared_report.make_prepared_report(report, json.dumps(filters))["name"]
	with in_a_job():
		prepared_report.generate_report(made)
	assert frappe.db.get_value("Prepared Report", made, "status") == "Completed"
	frappe.db.set_value("Report", report, "prepared_report", 1)
	shown = Run(report, **filters)
	assert shown.answer["prepared_report"] and documents(shown) == owing.bills
	assert bills(owing, exported(report, [*range(len(shown.rows))], **filters)) == owing.bills
	narrowed = bills(owing, exported(report, [1, 3], all_rows=False, **filters))
	assert narrowed == [shown.rows[place]["document"] for place in (1, 3)]


def test_a_job_gets_the_whole(owing: Any, in_a_job: Callable[[], Any]) -> None:
	with in_a_job():
		assert documents(statement(owing, page_number=1)) == owing.bills


def test_a_job_does_not_get_the_page_that_was_kept(
	owing: Any, in_a_job: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr(data_version, "SETTLED", timedelta(0))
	other = owing.make("Bottle Customer", customer_name=f"Other {owing.tag}", credit_days=30).name
	owing.sale(1, 8, customer=other).submit()
	page = Run(RECEIVABLES, page_number=1).rows
	with in_a_job():
		whole = Run(RECEIVABLES, page_number=1).rows
	assert {owing.customer, other} <= {row.get("party") for row in whole}
	assert Run(RECEIVABLES, page_number=1).rows == page != whole


def test_what_is_computed_whole_may_take_its_time(owing: Any, in_a_job: Callable[[], Any]) -> None:
	"""Frappe would have the report prepared from then on, also for who looks at a page of it."""
	going: list[bool] = []

	def execute(filters: Any = None) -> tuple[Any, ...]:
		going.append(not timer.finished.is_set())
		return [], []

	execute.__module__ = "bottle_mfg.bottle_mfg.report.bottle_receivables.bottle_receivables"
	watched = {"report": RECEIVABLES, "site": frappe.local.site}
	for stretch in (nullcontext, in_a_job):
		timer = threading.Timer(60, enable_prepared_report, kwargs=watched)
		timer.start()
		with stretch():
			stopwatch.stopped_on_error(execute)()
		timer.cancel()
	assert going == [True, False]


LEDGER = "Bottle Stock Ledger"


def test_a_file_of_the_stock_ledger_has_every_entry(owing: Any, in_a_job: Callable[[], Any]) -> None:
	filters = {"warehouse": owing.warehouse, "rows": 2, "page": 1}
	assert len(bills(owing, exported(LEDGER, [0, 1], **filters))) == 5
	assert bills(owing, exported(LEDGER, [0], all_rows=False, **filters)) == owing.bills[:-2:-1]
	assert len(Run(LEDGER, **filters).rows) == 2
	for asked in (filters, {"warehouse": owing.warehouse}):
		with in_a_job():
			run = Run(LEDGER, **asked)
		assert [row["voucher_no"] for row in run.rows[:-1]] == owing.bills[::-1]
		assert not run.answer["message"]


@pytest.mark.parametrize("order", ["Newest first", "Oldest first"])
def test_a_file_of_the_stock_ledger_has_the_order_of_the_screen(owing: Any, order: str) -> None:
	lines = [owing.line(item, 2, 2) for item in (owing.bottle, owing.preform)]
	for days in (0, 20, 40, 80):
		owing.purchase(items=lines, date=add_days(nowdate(), -days)).submit()
	days_shown = {"from_date": add_days(nowdate(), -40), "to_date": nowdate()}
	filters = {"warehouse": owing.warehouse, "order": order, **days_shown}
	for asked in (filters, filters | {"item": owing.bottle}, filters | {"voucher_no": owing.bills[0]}):
		with paging.whole():
			found = Run(LEDGER, **asked).rows
		assert found == Run(LEDGER, **asked).rows != []


def test_a_file_of_too_many_entries_is_refused(owing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	filters = {"warehouse": owing.warehouse}
	with paging.whole():
		monkeypatch.setattr(bottle_stock_ledger, "MOST_WHOLE", 6)
		assert len(Run(LEDGER, **filters).rows) == 6
		monkeypatch.setattr(bottle_stock_ledger, "MOST_WHOLE", 5)
		with pytest.raises(InvalidValueError, match="fewer days"):
			Run(LEDGER, **filters)


def test_a_mailed_report_that_is_downloaded_is_whole(owing: Any) -> None:
	mail = owing.make(
		"Auto Email Report",
		report=LEDGER,
		user="Administrator",
		email_to="owner@bottle.test",
		format="CSV",
		filters=json.dumps({"warehouse": owing.warehouse, "rows": 2, "page": 1}),
	)
	method = "frappe.email.doctype.auto_email_report.auto_email_report.download"
	ours = frappe.get_hooks("override_whitelisted_methods").get(method, [method])[-1]
	frappe.local.form_dict = frappe._dict(name=mail.name)
	frappe.call(frappe.get_attr(ours), **frappe.local.form_dict)
	text = frappe.as_unicode(frappe.local.response.filecontent)
	assert sorted(bills(owing, [*csv.reader(io.StringIO(text))])) == owing.bills
