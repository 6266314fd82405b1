"""A person corrects the past: is told what that changes, and sees on the documents that it did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, now_datetime, nowdate
from playwright.sync_api import expect

from bottle_mfg.posting import background
from bottle_mfg.posting.corrections import LargeCorrection
from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


@pytest.fixture
def traded(goods: Any, db: Any) -> Any:
	"""Bought, blown and sold in the last days."""
	goods.purchase(1000, 2, date=days_ago(9)).submit()
	goods.blow(1000, 950, date=days_ago(6)).submit()
	goods.sold = goods.sale(95, 4, date=days_ago(4))
	goods.sold.submit()
	db.commit()
	return goods


def test_a_late_bill_asks_with_what_it_changes(desk_of: OpenDesk, traded: Any, db: Any) -> None:
	late = traded.purchase(1000, 4, date=days_ago(8))
	db.commit()
	desk = desk_of("manager")
	desk.open(f"bottle-purchase/{late.name}")
	dialog = desk.ask("Submit")
	expect(dialog).to_contain_text("This corrects the past: 2 later documents get another cost.")
	expect(dialog).to_contain_text("changes by ₹ -100.00")
	dialog.get_by_role("button", name="Yes").click()
	desk.page.wait_for_function("() => cur_frm.doc.docstatus === 1")
	desk.settle()
	desk.open(f"bottle-sale/{traded.sold.name}")
	expect(desk.shown("profit")).to_have_text("₹ 80.00")
	desk.page.locator(".page-head:visible .menu-btn-group button").click()
	desk.page.locator(".dropdown-menu.show").get_by_text("Cost Changes", exact=True).click()
	expect(desk.page.locator(".list-row", has_text=traded.sold.name)).to_contain_text(late.name)

	desk.open(f"bottle-purchase/{late.name}")
	desk.page.locator(".page-head:visible").get_by_role("button", name="Cancel", exact=True).click()
	desk.dialog().get_by_role("button", name="Yes").click()
	told = desk.dialog().filter(has_text="2 later documents get another cost.")
	expect(told).to_contain_text("+₹ 100.00")
	told.get_by_role("button", name="No").click()
	expect(told).to_be_hidden()
	assert frappe.db.get_value("Bottle Purchase", late.name, "docstatus") == 1


def test_a_document_that_a_correction_reaches_says_so(
	desk_of: OpenDesk, traded: Any, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr(background, "_enqueue", lambda correction: None)  # no worker comes to it
	late = traded.purchase(1000, 4, date=days_ago(8))
	reached = {(traded.preform, traded.warehouse), (traded.bottle, traded.warehouse)}
	since = frappe.utils.get_datetime(f"{days_ago(8)} 23:59:59")
	background.queue("Submit", late, LargeCorrection(reached, since, 30000))
	db.commit()
	desk = desk_of("manager")
	desk.open(f"bottle-sale/{traded.sold.name}")
	headline = desk.page.locator(".form-message:visible")
	expect(headline).to_contain_text(f"Costs are being recomputed because of {late.name}")
	expect(headline).to_contain_text("0 of up to 30,000 entries")
	desk.open(f"bottle-purchase/{late.name}")
	expect(headline).to_contain_text("This document is being worked on in the background")
	desk.open("bottle-correction")
	expect(desk.page.locator(".list-row", has_text=late.name)).to_contain_text("Queued")
	name = frappe.get_all("Bottle Correction", {"document": late.name}, pluck="name")[0]
	background._set(name, status="Failed", finished_at=now_datetime(), error="60 <b>short</b>")
	db.commit()
	desk.open(f"bottle-purchase/{late.name}")
	expect(headline).to_contain_text("This could not be done in the background: 60 <b>short</b>")
