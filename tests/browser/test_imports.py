"""A file with faults on the screen of Frappe's Data Import: what is wrong is seen by row, corrected, and imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import frappe
import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.conftest import ROLES, leave, make_user
from tests.imports import data_import

HEADINGS = ["Item Code", "Item Type", "Selling Price"]


@pytest.fixture
def importer(db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
	"""A manager who is a System Manager, too: imports are theirs."""
	monkeypatch.setitem(ROLES, "importer", "Bottle Manager")
	make_user("importer@bottle.test", "Bottle Manager")
	user = frappe.get_doc("User", "importer@bottle.test")
	user.append("roles", {"role": "System Manager"})
	user.save(ignore_permissions=True)  # the session's user is Administrator
	db.commit()
	yield "importer"
	leave(user.name)


def test_faults_are_listed_corrected_and_imported(
	desk_of: Callable[[str], Desk], importer: str, goods: Any
) -> None:
	rows = [
		HEADINGS,
		[f"WEB-1-{goods.tag}", "Bottle", "4.5"],
		[f"WEB-2-{goods.tag}", "Bottle", "<b>dear</b>"],
	]
	doc = data_import("Bottle Item", rows)
	corrected = data_import("Bottle Item", [*rows[:2], [f"WEB-2-{goods.tag}", "Bottle", "5"]])
	desk = desk_of(importer)
	desk.open(f"data-import/{doc.name}")
	expect(desk.button("Sample File")).to_be_visible()
	with desk.page.expect_download() as sample:
		desk.button("Sample File").click()
	assert sample.value.suggested_filename == "bottle_item.csv"
	desk.button("Start Import").click()
	expect(desk.page.locator(".form-message")).to_contain_text("Nothing was imported. Correct the row")
	warnings = desk.page.locator("[data-fieldname='import_warnings']")
	expect(warnings).to_contain_text("Row 3")
	expect(warnings).to_contain_text("Selling Price is not a number")
	expect(desk.page.locator("[data-fieldname='import_log_preview']")).to_be_hidden()
	expect(desk.page.get_by_text("Export Errored Rows")).to_have_count(0)

	desk.do("(url) => cur_frm.set_value('import_file', url)", corrected.import_file)
	desk.do("() => cur_frm.save()")
	desk.settle()
	desk.button("Retry").click()
	expect(desk.page.locator(".form-message")).to_contain_text("2 record")
	assert desk.document()["status"] == "Success"
	assert frappe.db.count("Bottle Item", {"name": ("like", f"WEB-%{goods.tag}")}) == 2
