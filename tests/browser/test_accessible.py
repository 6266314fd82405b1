"""axe-core finds nothing serious on the pages that are the app's own, nor in the fields of its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.test_shop_floor import PHONE, Floor, no_connection
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
	assert faults(desk.page, "html") == []


def look(page: Page, what: str) -> None:
	"""In the dark only colours are others."""
	for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
		page.emulate_media(color_scheme=scheme)
		assert faults(page, "html", rules) == [], f"{what}, {scheme}"


@pytest.fixture
def floor(desk_of: Callable[[str], Desk], goods: Any, db: Any) -> Floor:
	"""The screen at the machines as it opens, on a phone, where there are 1000 preforms, and another kind of them."""
	goods.item("OTHER", "Preform")
	goods.purchase(1000, 2).submit()
	db.commit()
	desk = desk_of("stock")
	desk.page.set_viewport_size(PHONE)
	screen = Floor(desk.page, desk.url)
	screen.desk = desk
	screen.open()
	return screen


def leave(page: Page) -> None:
	page.keyboard.press("Escape")
	expect(page.locator("dialog")).to_have_count(0)


def test_the_screen_at_the_machines(floor: Floor, goods: Any) -> None:
	page = floor.page
	page.wait_for_load_state("networkidle")
	look(page, "as it opens")
	for chip, last in (("machine", "#floor-other"), ("shift", ".floor-tile"), ("bottle", ".floor-tile")):
		page.locator(f".floor-chip.of-{chip}").click()
		expect(page.locator(f"dialog {last}").last).to_be_visible()
		look(page, f"the dialog {chip}")
		leave(page)
	floor.stand_at(f"Blow {goods.tag}", goods)
	page.locator(".floor-number").first.click()
	page.keyboard.type("120")
	look(page, "the number pad")
	leave(page)

	floor.type("Preforms In", "1200")
	expect(page.locator(".floor-note.is-wrong")).to_be_visible()
	floor.type("Good Bottles Out", "1190")
	for _ in range(3):
		page.get_by_role("button", name="Burst: ").click()
	look(page, "counts, reasons, and more preforms than there are")
	floor.type("Good Bottles Out", "1199")
	floor.button("Save").click()
	expect(page.locator(".floor-said.is-wrong")).to_be_visible()
	look(page, "what cannot be saved")
	floor.type("Good Bottles Out", "1100")
	floor.button("Save").click()
	expect(page.locator("dialog .floor-doubt").first).to_be_visible()
	look(page, "the question before it is saved")


def test_the_screen_at_the_machines_with_entries(floor: Floor, goods: Any) -> None:
	page = floor.page
	floor.stand_at(f"Blow {goods.tag}", goods)
	floor.enter("100", "98")
	expect(floor.entries("blown")).to_have_count(1)
	with no_connection(floor.desk):
		page.context.set_offline(True)
		floor.enter("1200", "1100")
		expect(floor.entries("waiting").get_by_role("button", name="Correct")).to_be_visible()
		look(page, "offline, with an entry that waits")
		page.get_by_role("button", name="Menu").click()
		look(page, "the menu")
		leave(page)
		floor.entries("waiting").get_by_role("button", name="Throw Away").click()
		look(page, "the question before it is thrown away")
		leave(page)
		with floor.desk.refusal(400):
			page.context.set_offline(False)
			expect(floor.entries("refused").get_by_role("button", name="Try Again")).to_be_visible()
	look(page, "an entry that was refused, and one that was sent")
	floor.entries("refused").get_by_role("button", name="Correct").click()
	expect(page.locator(".floor-banner.is-correct")).to_be_visible()
	look(page, "an entry that is corrected")


def test_the_screen_at_the_machines_from_right_to_left(
	speak: Callable[[str | None], None], floor: Floor, goods: Any
) -> None:
	"""The colours are those of English: axe takes joined letters for signs, and judges none of a page with them."""
	page = floor.page
	floor.stand_at(f"Blow {goods.tag}", goods)
	floor.type("Preforms In", "100")
	floor.type("Good Bottles Out", "90")
	speak("ur")
	page.reload()
	expect(page.locator("html[lang=ur][dir=rtl] .floor-reason").first).to_be_visible()
	assert faults(page, "html") == []
	page.locator(".floor-number").first.click()
	assert faults(page, "html") == [], "the number pad"
	leave(page)
	page.locator(".floor-save").click()
	expect(page.locator("dialog .floor-check")).to_be_visible()
	assert faults(page, "html") == [], "the question before it is saved"


def test_fields_say_what_they_are(desk_of: Callable[[str], Desk], goods: Any) -> None:
	"""Frappe leaves labels and inputs unrelated."""
	desk = desk_of("manager")
	for doctype in ("Bottle Payment", "Blow"):
		desk.new(doctype)
		desk.page.locator(".form-page input:visible").first.wait_for()
		desk.settle()
		assert faults(desk.page, ".form-page", FIELDS) == [], doctype
