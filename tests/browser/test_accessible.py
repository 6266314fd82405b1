"""axe-core finds nothing serious on the pages that are the app's own, nor in the fields of its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.desk import Desk
from tests.rest.test_portal import customer_login

SERIOUS = ("serious", "critical")
FIELDS = ["label", "select-name", "aria-input-field-name", "button-name"]


def faults(page: Page, within: str, rules: list[str] | None = None) -> list[str]:
	"""What axe finds in a part of a page: the rule, and the elements."""
	only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
	found = Axe().run(page, context=within, options=only).response
	assert found["passes"] or found["violations"], "nothing was looked at"
	return [
		f"{one['id']}: {node['html'][:200]}"
		for one in found["violations"]
		if one["impact"] in SERIOUS
		for node in one["nodes"]
	]


def test_the_portal(window: Callable[[], Desk], goods: Any, url: str) -> None:
	"""Frappe's own bar above and footer below are not looked at."""
	goods.purchase(items=[goods.line(goods.bottle, 100, 2)]).submit()
	late, back = goods.sale(10, due_date="2024-01-31", date="2024-01-01", posting_time="23:59"), goods.sale(5)
	bill = back.submit()
	goods.pay(bill, 7)
	late.delete()
	client = customer_login(url, goods.customer)
	desk = window()
	cookie = {"name": "sid", "value": client.session.cookies["sid"], "url": url}
	desk.page.context.add_cookies([cookie])
	for path in ("my-bottles", "my-bottles-account", "my-bottles-stock", f"my-bottles-bill?name={bill.name}"):
		desk.page.goto(f"{url}/{path}")
		assert faults(desk.page, ".bottle-portal") == [], path


def test_the_page_of_the_api(desk_of: Callable[[str], Desk], url: str) -> None:
	desk = desk_of("manager")
	desk.page.goto(f"{url}/bottle-api")
	desk.page.locator(".opblock-tag").first.wait_for()
	assert faults(desk.page, "body") == []


def test_the_screen_at_the_machines(desk_of: Callable[[str], Desk], url: str) -> None:
	desk = desk_of("stock")
	desk.page.goto(f"{url}/blow")
	desk.page.wait_for_load_state("networkidle")
	for scheme in ("light", "dark"):
		desk.page.emulate_media(color_scheme=scheme)
		assert faults(desk.page, "body") == [], scheme


def test_fields_say_what_they_are(desk_of: Callable[[str], Desk], goods: Any) -> None:
	"""Frappe leaves labels and inputs unrelated."""
	desk = desk_of("manager")
	for doctype in ("Bottle Payment", "Blow"):
		desk.new(doctype)
		desk.page.locator(".form-page input:visible").first.wait_for()
		desk.settle()
		assert faults(desk.page, ".form-page", FIELDS) == [], doctype
