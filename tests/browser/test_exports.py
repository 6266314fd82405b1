"""Files of reports, as the Desk asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def owing(goods: Any) -> list[str]:
	"""The numbers of two bills of one customer."""
	import frappe

	goods.purchase(items=[goods.line(goods.bottle, 200, 2)]).submit()
	names = [goods.sale(10).submit().name for _twice in range(2)]
	frappe.db.commit()
	return names


def first_cells(desk: Desk, folder: Path) -> list[Any]:
	"""What stands in the first column of the file that the open report makes."""
	desk.do("() => frappe.query_report.export_report()")
	with desk.page.expect_download() as download:
		desk.dialog().get_by_role("button", name="Download").click()
	download.value.save_as(folder / "report.xlsx")
	sheet = openpyxl.load_workbook(folder / "report.xlsx").active
	return [cell.value for cell in sheet["A"]]


def test_a_file_has_what_is_folded_but_not_what_a_filter_hides(
	desk_of: OpenDesk, goods: Any, owing: list[str], tmp_path: Path
) -> None:
	desk = desk_of("manager")
	desk.open(f"query-report/Bottle Receivables?customer={goods.customer}")
	table = desk.page.locator(".datatable:visible")
	expect(table).to_contain_text(goods.customer)
	expect(table).not_to_contain_text(owing[0])
	assert first_cells(desk, tmp_path)[1:] == [goods.customer, *owing, "Total"]
	table.locator(".dt-filter:enabled").first.press_sequentially(owing[1])
	expect(table).not_to_contain_text("Total")
	assert first_cells(desk, tmp_path)[1:] == [owing[1]]
