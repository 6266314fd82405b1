"""The page that shows the API: drawn from what the site itself has, and working with the reader's own session."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.desk import Desk

PAGE = "/bottle-api"


def test_a_user_reads_it_and_tries_it_out(desk_of: Callable[[str], Desk], url: str, db: Any) -> None:
	import frappe

	desk = desk_of("manager")
	asked: list[str] = []
	desk.page.on("request", lambda request: asked.append(request.url))
	desk.page.goto(url + PAGE)
	desk.page.locator(".opblock-tag[data-tag='Bottle Supplier']").click()
	operation = desk.page.locator("#operations-Bottle_Supplier-insert_bottle_supplier")
	operation.locator(".opblock-summary-control").click()
	operation.get_by_role("button", name="Try it out").click()
	name = f"Supplier {frappe.generate_hash(length=8)}"
	operation.locator("textarea.body-param__text").fill(json.dumps({"supplier_name": name}))
	operation.get_by_role("button", name="Execute").click()
	answer = operation.locator(".live-responses-table .response-col_status").last
	expect(answer).to_have_text("201")
	db.rollback()
	assert db.get_value("Bottle Supplier", name, "owner") == "manager@bottle.test", (
		"in his name, with his token"
	)
	foreign = [one for one in asked if not one.startswith((url, "data:", "blob:"))]
	assert asked and foreign == [], "nothing comes from anywhere else"


def test_it_has_the_colours_of_the_desk(desk_of: Callable[[str], Desk], url: str, db: Any) -> None:
	db.set_value("User", "viewer@bottle.test", "desk_theme", "Dark")
	db.commit()
	desk = desk_of("viewer")
	desk.page.goto(url + PAGE)
	expect(desk.page.locator(".opblock-tag").first).to_be_visible()
	assert desk.page.evaluate("() => getComputedStyle(document.body).colorScheme") == "dark"
	db.set_value("User", "viewer@bottle.test", "desk_theme", "Light")
	db.commit()
