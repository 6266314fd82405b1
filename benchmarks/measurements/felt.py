"""What a person at the screen waits for: lists, forms and reports in a browser, from the click until they stand there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import frappe
from frappe.utils.password import update_password
from playwright.sync_api import Page, sync_playwright

from benchmarks.figures import Result, Sample
from benchmarks.seed import World
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from bottle_mfg.reporting import cache

MOST = 1000
"""Milliseconds: longer, and people begin to do something else."""

PASSWORD = "Preform-28-mm"
VIEWPORT = {"width": 1366, "height": 768}
PATIENCE = 60_000
CALM = 150
"""Milliseconds without a request after which none will follow."""

ARGUMENTS = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--disable-background-networking",
	"--disable-sync",
)

_IDLE = "() => window.frappe && frappe.boot && frappe.request && !frappe.request.ajax_count"
_ELSEWHERE = "List/Bottle Warehouse/List"
_GO = """async ([route, options, shown, patience, calm]) => {
	const there = new Function(`return ${shown}`);
	const begun = performance.now();
	let since = null;
	frappe.route_options = options;
	frappe.set_route(route);
	for (;;) {
		await new Promise((resume) => requestAnimationFrame(resume));
		const now = performance.now();
		since = there() && !frappe.request.ajax_count ? since ?? now : null;
		if (since !== null && now - since > calm) return since - begun;
		if (now - begun > patience) throw new Error(`not there: ${route}`);
	}
}"""
"""The milliseconds from a click until a page is there and stays so: it is there for a moment with what it showed last."""

_ASK_ANEW = """() => Object.values(frappe.views.list_view).forEach((list) => {
	list.last_args = null;
	list.data = [];
})"""
"""Asked the same again within three seconds, a list would show what it has; without rows it is not there before it was
answered."""

_THROTTLE = 1000
"""Milliseconds for which Frappe has a list not ask again, as nobody would in a second."""


@dataclass(frozen=True)
class Place:
	"""Where a click leads, each time on to the next route and options: `shown` is JavaScript that says if it is there."""

	label: str
	routes: tuple[str, ...]
	shown: str
	options: tuple[dict[str, Any], ...] = ({},)


def in_a_browser(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Each kind of page at a full ledger, each time with what was not shown before."""
	world = stage.full(sizes.entries)
	update_password("Administrator", PASSWORD)
	frappe.db.commit()
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=os.environ["BOTTLE_CHROMIUM"], args=ARGUMENTS)
		page = browser.new_context(viewport=VIEWPORT).new_page()
		page.set_default_timeout(PATIENCE)
		_open_desk(page)
		slowest = 0.0
		for place in _places(world, sizes.repeats + 1):
			taken = Sample(tuple(_open(page, place, number) for number in range(sizes.repeats + 1))[1:])
			slowest = max(slowest, taken.ms)
			yield Result(
				place.label, taken.ms, "ms", most=MOST, note=f"middle half within {taken.spread:.0%}"
			)
		browser.close()
	yield Result(
		f"the slowest page in a browser at {world.entries:,} entries", slowest, "ms", most=MOST, headline=True
	)


def _open_desk(page: Page) -> None:
	url = os.environ["BOTTLE_URL"]
	login = {"usr": "Administrator", "pwd": PASSWORD}
	if not page.context.request.post(f"{url}/api/method/login", form=login).ok:
		raise AssertionError("the site does not let the benchmark in")
	page.goto(f"{url}/app/bottle-warehouse")
	page.wait_for_function(_IDLE)


def _open(page: Page, place: Place, number: int) -> float:
	"""The seconds from a click to the page; the first of each has to load its scripts and does not count."""
	cache.forget()
	_go(page, _ELSEWHERE, "cur_list && cur_list.doctype === 'Bottle Warehouse'")
	page.wait_for_timeout(_THROTTLE)
	page.evaluate(_ASK_ANEW)
	route = place.routes[number % len(place.routes)]
	options = place.options[number % len(place.options)]
	return _go(page, route, place.shown.replace("ROUTE", json.dumps(route)), options) / 1000


def _go(page: Page, route: str, shown: str, options: dict[str, Any] | None = None) -> float:
	return page.evaluate(_GO, [route, options or None, shown, PATIENCE, CALM])


def _places(world: World, turns: int) -> Iterator[Place]:
	for doctype in ("Bottle Sale", "Blow", "Bottle Purchase", "Bottle Ledger Entry", "Bottle Item"):
		yield _list_of(doctype)
	yield _list_of("Bottle Sale", {"customer": "Customer 1"})
	for doctype in ("Bottle Sale", "Blow", "Bottle Purchase", "Bottle Item", "Bottle Customer"):
		names = frappe.get_all(doctype, limit=turns, order_by="creation desc", pluck="name")
		yield Place(
			f"form of {doctype}",
			tuple(f"Form/{doctype}/{name}" for name in names),
			"cur_frm && `Form/${cur_frm.doctype}/${cur_frm.docname}` === ROUTE && $('.form-layout:visible').length",
		)
	month = {"from_date": str(world.last - timedelta(days=30)), "to_date": str(world.last)}
	for report in (
		"Bottle Stock Balance",
		"Bottle Stock Ledger",
		"Bottle Profit and Loss",
		"Bottle Cost Analysis",
		"Bottle Gross Profit",
		"Bottle Sales by Customer",
		"Bottle Purchases by Supplier",
		"Bottle Production",
		"Bottle Low Stock",
		"Bottle Receivables",
		"Bottle Payables",
		"Bottle Slow Movers",
		"Bottle Count Differences",
	):
		yield Place(
			f"report {report}",
			(f"query-report/{report}",),
			f"frappe.query_report && frappe.query_report.report_name === '{report}' "
			"&& $('.page-container:visible .dt-row-0, .page-container:visible .dt-row').length > 1",
			(month,),
		)
	yield Place("workspace", ("Workspaces/Bottle Mfg",), "$('.ce-block:visible').length > 5")


def _list_of(doctype: str, narrowed: dict[str, Any] | None = None) -> Place:
	return Place(
		f"list of {doctype}" + (f", of one {next(iter(narrowed))}" if narrowed else ""),
		(f"List/{doctype}/List",),
		f"cur_list && cur_list.doctype === '{doctype}' && cur_list.data.length "
		"&& $('.list-row-container:visible').length",
		(narrowed or {},),
	)
