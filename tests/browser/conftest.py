"""A browser, and windows in it for the users of the factory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.desk import Desk
from tests.conftest import PASSWORD

SIZE = {"width": 1366, "height": 768}
ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
]
STORED = "local_storage,indexeddb,service_workers,cache_storage"
"""What a page leaves in the browser, beside the cache, and the next test must not find."""
PATIENCE = 30_000
"""Milliseconds that a page may take: slow machines are slow, not wrong."""


SAFE_RANDOM = """
	let draws = Math.floor(Math.random() * 1e6);
	Math.random = () => ((draws++ * 0.6180339887498949) % 1) / 2;
"""
"""Frappe's templates name the variables of their loops with three random letters. Once in some thousand pages these
are `for`, `new`, `var` or `try`, or two that have to differ are the same, and the Desk does not start. Numbers below
one half give capital letters alone, and this sequence never gives the same three twice in a row."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
	expect.set_options(timeout=PATIENCE)
	with sync_playwright() as playwright:
		chromium = playwright.chromium.launch(executable_path=os.environ["BOTTLE_CHROMIUM"], args=ARGUMENTS)
		yield chromium
		chromium.close()


@pytest.fixture
def desks() -> Iterator[list[Desk]]:
	"""The windows of a test. Nothing may go wrong in them, seen or unseen."""
	opened: list[Desk] = []
	yield opened
	assert [problem for desk in opened for problem in desk.problems] == []


@pytest.fixture
def window(browser: Browser, url: str, desks: list[Desk]) -> Iterator[Callable[[], Desk]]:
	"""Opens a window of a browser that has never been here."""
	pages = []

	def open_window() -> Desk:
		pages.append(_page(browser))
		desks.append(Desk(pages[-1], url))
		return desks[-1]

	yield open_window
	for page in pages:
		page.context.close()


@pytest.fixture(scope="package")
def pages(browser: Browser) -> dict[str, Page]:
	"""One page for each role that a test asked for: a browser that has loaded the Desk loads it again much faster."""
	return {}


@pytest.fixture
def desk_of(
	browser: Browser, pages: dict[str, Page], url: str, desks: list[Desk]
) -> Iterator[Callable[[str], Desk]]:
	"""A window in which the user of a role (a key of ROLES) is logged in. It keeps nothing of the test before."""
	used = []

	def log_in(role: str) -> Desk:
		if role not in pages or pages[role].is_closed():
			pages[role] = _page(browser)
		page, user = pages[role], f"{role}@bottle.test"
		request = page.context.request
		known = request.get(f"{url}/api/method/frappe.auth.get_logged_user")
		if not known.ok or known.json()["message"] != user:
			assert request.post(f"{url}/api/method/login", form={"usr": user, "pwd": PASSWORD}).ok
		desk = Desk(page, url)
		desks.append(desk)
		used.append(desk)
		return desk

	yield log_in
	for desk in used:
		_tidy(desk)


def _page(browser: Browser) -> Page:
	context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
	context.add_init_script(SAFE_RANDOM)
	context.set_default_timeout(PATIENCE)
	return context.new_page()


def _tidy(desk: Desk) -> None:
	"""Make a window what it was before its test; what the browser has loaded stays in its cache."""
	page = desk.page
	desk.stop_watching()
	for other in page.context.pages:
		if other is not page:
			other.close()
	page.unroute_all()
	page.context.set_offline(False)
	page.evaluate("() => location.origin === 'null' || sessionStorage.clear()")
	page.goto("about:blank")
	devtools = page.context.new_cdp_session(page)
	devtools.send("Storage.clearDataForOrigin", {"origin": desk.url, "storageTypes": STORED})
	devtools.detach()
	page.set_viewport_size(SIZE)
	page.emulate_media(color_scheme="null")


@pytest.fixture
def goods(factory: Any) -> Any:
	"""The factory's items, supplier and customer, where the server sees them."""
	import frappe

	frappe.db.commit()
	return factory


@pytest.fixture
def blow_cost(db: Any) -> Iterator[float]:
	"""0.50 for blowing one preform, as the settings' default."""
	settings, field = "Bottle Mfg Settings", "default_blow_cost_per_unit"
	before = db.get_single_value(settings, field)
	db.set_single_value(settings, field, 0.5)
	db.commit()
	yield 0.5
	db.rollback()
	db.set_single_value(settings, field, before)
	db.commit()


@pytest.fixture
def speak(db: Any) -> Iterator[Callable[[str | None], None]]:
	"""Sets the language of the stock user; taken back in the end."""
	import frappe

	user = "stock@bottle.test"

	def choose(language: str | None) -> None:
		db.set_value("User", user, "language", language)
		db.commit()
		frappe.clear_cache(user=user)

	yield choose
	db.rollback()
	choose(None)
