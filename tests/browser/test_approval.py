"""A large purchase: the clerk asks, the manager approves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def limited(goods: Any, db: Any) -> Iterator[Any]:
	"""Purchases above 1,000 need approval; those above 500 are asked about once more. The Workflow is off."""
	import frappe

	set_limits(approve_purchases_above=1000, confirm_above=500)
	frappe.db.set_value("Workflow", "Bottle Purchase Approval", "is_active", 0)
	frappe.clear_cache(doctype="Bottle Purchase")
	frappe.cache().delete_key("workflow")
	db.commit()
	yield goods
	db.rollback()
	set_limits(approve_purchases_above=0, confirm_above=0)
	db.commit()


def set_limits(**limits: float) -> None:
	import frappe

	settings = frappe.get_single("Bottle Mfg Settings")
	settings.update(limits).save()


def test_asking_and_approving(desk_of: OpenDesk, limited: Any, db: Any) -> None:
	clerk = desk_of("stock")
	clerk.new("Bottle Purchase")
	clerk.choose(clerk.field("supplier"), limited.supplier)
	clerk.choose(clerk.cell("item"), limited.preform)
	clerk.page.keyboard.press("Tab")
	clerk.type(clerk.cell("quantity"), "1000")
	clerk.finish_line(clerk.cell("unit_price"), "2")
	dialog = clerk.ask("Submit")
	expect(dialog).to_contain_text("₹ 2,000.00 is above ₹ 1,000.00")
	dialog.get_by_role("button", name="Yes").click()
	expect(clerk.page.locator(".form-message:visible")).to_contain_text("Waits for the approval")
	expect(clerk.indicator()).to_have_text("Pending Approval")
	name = clerk.document()["name"]

	manager = desk_of("manager")
	manager.open(f"bottle-purchase/{name}")
	dialog = manager.ask("Approve")
	expect(dialog).to_contain_text(f"Approve {name} over ₹ 2,000.00, and submit it?")
	dialog.get_by_role("button", name="Yes").click()
	expect(manager.indicator()).to_have_text("Received")
	db.rollback()
	assert limited.stock(limited.preform, manager.document()["warehouse"])[0] == 1000
