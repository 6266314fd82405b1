"""Takes the documentation's pictures from the demo factory; called by `make screenshots`.

BOTTLE_URL is the served demo site, BOTTLE_CHROMIUM the browser; BOTTLE_USER and BOTTLE_PASSWORD may name another
login than the demo's manager.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent
PICTURES = CHECKOUT / "docs" / "images"
SIZE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 1010}
REPORT_SIZE = {"width": 1366, "height": 1150}
PAPER_SIZE = {"width": 860, "height": 900}
PATIENCE = 60_000
"""Milliseconds."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
IDLE = "() => window.frappe && frappe.request && !frappe.request.ajax_count && !frappe.dom.freeze_count"
STANDS_STILL = """() => {
	const chart = document.querySelector(".chart-wrapper:has(svg)");
	if (!chart) return true;
	const drawn = [...chart.querySelectorAll("[class*='dataset'] :is(rect, path)")].map((one) => one.getBoundingClientRect());
	const before = window.drawn_before;
	window.drawn_before = JSON.stringify(drawn);
	return drawn.some(({ height }) => height > 0) && window.drawn_before === before;
}"""
NO_TOUR = "window.Cypress = true"
"""Frappe shows each new user around, on top of the page, unless it is a program: this is how it asks."""
LOOK_EVERY = 300  # milliseconds: longer than a chart that grows stands still

sys.path.insert(0, str(CHECKOUT))

from bottle_mfg.demo import data  # noqa: E402 (needs the path)


def main() -> None:
	url = os.environ["BOTTLE_URL"]
	PICTURES.mkdir(parents=True, exist_ok=True)
	expect.set_options(timeout=PATIENCE)
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=os.environ["BOTTLE_CHROMIUM"], args=ARGUMENTS)
		page = browser.new_page(viewport=SIZE)
		page.add_init_script(NO_TOUR)
		page.set_default_timeout(PATIENCE)
		log_in(page, url, os.environ.get("BOTTLE_USER", data.MANAGER))
		for name, take in SCREENS.items():
			take(page, f"{url}/app")
			page.wait_for_function(IDLE)
			page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
			print(f"docs/images/{name}.png")
		invoice(page, url)
		page.screenshot(path=PICTURES / "invoice.png", animations="disabled")
		api(page, url)
		page.screenshot(path=PICTURES / "api.png", animations="disabled")
		visitor = browser.new_page(viewport=SIZE)
		log_in(visitor, url, data.CUSTOMER_LOGIN)
		visitor.goto(f"{url}/my-bottles")
		visitor.screenshot(path=PICTURES / "portal.png", animations="disabled")
		operator = browser.new_page(viewport=PHONE)
		operator.set_default_timeout(PATIENCE)
		log_in(operator, url, data.STOCK_USER)
		shop_floor(operator, url)
		operator.screenshot(path=PICTURES / "shop-floor.png", animations="disabled")
		browser.close()


def log_in(page: Page, url: str, user: str) -> None:
	"""Raises `SystemExit` where a demo's user can't log in: the demo factory is not loaded."""
	login = {"usr": user, "pwd": os.environ.get("BOTTLE_PASSWORD", data.PASSWORD)}
	if not page.context.request.post(f"{url}/api/method/login", form=login).ok:
		raise SystemExit(f"{login['usr']} cannot log in at {url}: is the demo factory loaded?")


def workspace(page: Page, desk: str) -> None:
	page.goto(f"{desk}/bottle-mfg")
	expect(page.locator(".number-widget-box .number").last).to_be_visible()


def purchase(page: Page, desk: str) -> None:
	open_latest(page, desk, "Bottle Purchase")


def blow(page: Page, desk: str) -> None:
	"""One being typed, with what a bottle is going to cost."""
	latest = latest_values(page, desk, "Blow", ["from_item", "to_item", "blow_cost_per_unit"])
	page.goto(f"{desk}/blow/new")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Blow' && cur_frm.is_new()")
	page.wait_for_function(IDLE)
	page.evaluate(
		"(latest) => cur_frm.set_value({...latest, quantity: 1000, good_quantity: 965, shift: 'Morning'})",
		latest,
	)
	expect(page.locator("[data-fieldname='quantity'] .help-box:visible")).to_contain_text("in stock")
	page.locator(".page-head:visible .title-text").click()


def sale(page: Page, desk: str) -> None:
	open_latest(page, desk, "Bottle Sale")


def item(page: Page, desk: str) -> None:
	page.goto(f"{desk}/bottle-item/{data.PREFORM_18}")
	expect(page.locator(".bottle-panel .bottle-line")).to_be_visible()


def customer(page: Page, desk: str) -> None:
	name = latest_values(page, desk, "Bottle Sale", ["customer"])["customer"]
	page.goto(f"{desk}/bottle-customer/{quote(name)}")
	expect(page.locator(".bottle-panel table").first).to_be_visible()


def profit_and_loss(page: Page, desk: str) -> None:
	report(page, f"{desk}/query-report/Bottle Profit and Loss")


def stock_balance(page: Page, desk: str) -> None:
	report(page, f"{desk}/query-report/Bottle Stock Balance")


def payment(page: Page, desk: str) -> None:
	open_latest(page, desk, "Bottle Payment")


def receivables(page: Page, desk: str) -> None:
	report(page, f"{desk}/query-report/Bottle Receivables")


def statement(page: Page, desk: str) -> None:
	customer = latest_values(page, desk, "Bottle Sale", ["customer"])["customer"]
	report(page, f"{desk}/query-report/Bottle Customer Statement?customer={quote(customer)}")


def invoice(page: Page, url: str) -> None:
	name = latest_values(page, f"{url}/app", "Bottle Sale", ["name"])["name"]
	page.set_viewport_size(PAPER_SIZE)
	page.goto(f"{url}/printview?doctype=Bottle Sale&name={quote(name)}&no_letterhead=1")
	expect(page.locator(".bottle-paper .number")).to_have_text(name)


def api(page: Page, url: str) -> None:
	page.set_viewport_size(SIZE)
	page.goto(f"{url}/bottle-api")
	page.locator(".opblock-tag").first.click()
	expect(page.locator(".opblock-summary").first).to_be_visible()


def shop_floor(page: Page, url: str) -> None:
	"""A run being counted at the first machine."""
	page.goto(f"{url}/blow")
	page.locator(".floor-chip.of-machine").click()
	page.locator("dialog .floor-tile").first.click()
	for counter, figures in (("Preforms In", "1200"), ("Good Bottles Out", "1182")):
		page.get_by_role("button", name=f"Type the number: {counter}").click()
		for figure in figures:
			page.locator(".floor-keys").get_by_role("button", name=figure, exact=True).click()
		page.get_by_role("button", name="Done", exact=True).click()
	for reason, pieces in (("Start-up", 9), ("Burst", 6), ("Haze", 3)):
		for _piece in range(pieces):
			page.get_by_role("button", name=f"{reason}: ").first.click()
	page.evaluate("() => window.scrollTo(0, 0)")


def open_latest(page: Page, desk: str, doctype: str) -> None:
	name = latest_values(page, desk, doctype, ["name"])["name"]
	page.goto(f"{desk}/{doctype.lower().replace(' ', '-')}/{name}")
	expect(page.locator(".page-head:visible .indicator-pill").first).to_be_visible()


def latest_values(page: Page, desk: str, doctype: str, fields: list[str]) -> dict[str, str]:
	page.goto(f"{desk}/bottle-mfg")
	page.wait_for_function(IDLE)
	found: dict[str, str] = page.evaluate(
		"""([doctype, fields]) => frappe.db
			.get_list(doctype, { fields, filters: { docstatus: 1 }, order_by: "date desc", limit: 1 })
			.then((rows) => rows[0])""",
		[doctype, fields],
	)
	return found


def report(page: Page, address: str) -> None:
	"""A report with its chart, if it has one, and the first of its rows, for which a laptop's screen is too low."""
	page.set_viewport_size(REPORT_SIZE)
	page.goto(address)
	expect(page.locator(".dt-row[data-row-index='0']").first).to_contain_text(re.compile("[A-Za-z]"))
	page.wait_for_function(STANDS_STILL, polling=LOOK_EVERY)


SCREENS: dict[str, Callable[[Page, str], None]] = {
	"workspace": workspace,
	"purchase": purchase,
	"blow": blow,
	"sale": sale,
	"item": item,
	"customer": customer,
	"profit-and-loss": profit_and_loss,
	"stock-balance": stock_balance,
	"payment": payment,
	"customer-statement": statement,
	"receivables": receivables,
}

if __name__ == "__main__":
	main()
