"""A browser, and windows in it for the users of the factory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

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
PATIENCE = 30_000
"""Milliseconds that a page may take: slow machines are slow, not wrong."""


SAFE_RANDOM = """
	let draws = Math.floor(Math.random() * 1e6);
	Math.random = () => ((draws++ * 0.6180339887498949) % 1) / 2;
"""
"""Frappe's templates name the variables of their loops with three random letters. Once in some thousand pages these
are `for`, `new`, `var` or `try`, or two that have to differ are the same, and the Desk does not start. Numbers below
one half give capital letters alone, and this sequence never gives the same three twice in a row."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
	expect.set_options(timeout=PATIENCE)
	with sync_playwright() as playwright:
		chromium = playwright.chromium.launch(executable_path=os.environ["BOTTLE_CHROMIUM"], args=ARGUMENTS)
		yield chromium
		chromium.close()


@pytest.fixture
def window(browser: Browser, url: str) -> Iterator[Callable[[], Desk]]:
	"""Opens a window of a browser that has never been here. Nothing may go wrong in it, seen or unseen."""
	desks = []

	def open_window() -> Desk:
		context = browser.new_context(viewport=SIZE)
		context.add_init_script(SAFE_RANDOM)
		context.set_default_timeout(PATIENCE)
		desks.append(Desk(context.new_page(), url))
		return desks[-1]

	yield open_window
	for desk in desks:
		desk.page.context.close()
	assert [problem for desk in desks for problem in desk.problems] == []


@pytest.fixture
def desk_of(window: Callable[[], Desk], url: str) -> Callable[[str], Desk]:
	"""A window in which the user of a role (a key of ROLES) is logged in."""

	def log_in(role: str) -> Desk:
		desk = window()
		login = {"usr": f"{role}@bottle.test", "pwd": PASSWORD}
		assert desk.page.context.request.post(f"{url}/api/method/login", form=login).ok
		return desk

	return log_in


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
