"""Where the time of a sale goes: the parts of insert and submit, and the statements that the floor does without."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from time import perf_counter
from typing import Any

import frappe
from frappe.model.document import Document

from benchmarks.figures import Result
from benchmarks.floor import floor_doctype
from benchmarks.goods import Goods, line, make_goods, post
from benchmarks.site import recorded
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from bottle_mfg import posting
from bottle_mfg.controllers.stock_document import StockDocument

PARTS: tuple[tuple[str, Any, str], ...] = (
	("posting: lock, value, write", posting, "post"),
	("checks and totals of the sale", StockDocument, "validate"),
	("Frappe: links of the document and its lines", Document, "_validate_links"),
	("Frappe: is this the latest version", Document, "check_if_latest"),
	("Frappe: the version kept", Document, "save_version"),
	("Frappe: the document written", Document, "db_update"),
	("Frappe: the document inserted", Document, "db_insert"),
	("Frappe: news to open browsers", Document, "notify_update"),
)


def of_a_sale(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Milliseconds in each part, what lies within one another counted in both; then statements beyond the floor's."""
	stage.empty()
	goods = make_goods()
	for _ in range(5):
		post(goods.sale())
	rounds = [_parts(goods) for _ in range(sizes.rounds)]
	yield Result("1-line sale: insert + submit", _ms(one["whole"] for one in rounds), "ms")
	yield Result(
		"all statements of it, at the database and on the way", _ms(one["statements"] for one in rounds), "ms"
	)
	for label, _owner, _name in PARTS:
		yield Result(label, _ms(one[label] for one in rounds), "ms")
	yield from _beyond_the_floor(goods)


def _ms(seconds: Iterator[float]) -> float:
	return median(seconds) * 1000


def _parts(goods: Goods) -> dict[str, float]:
	"""Seconds that one sale spent in each part."""
	spent: dict[str, float] = defaultdict(float)
	with ExitStack() as stack:
		for label, owner, name in PARTS:
			stack.enter_context(_timed(owner, name, label, spent))
		stack.enter_context(_timed(frappe.db, "sql", "statements", spent))
		started = perf_counter()
		post(goods.sale())
		spent["whole"] = perf_counter() - started
	return spent


@contextmanager
def _timed(owner: Any, name: str, label: str, spent: dict[str, float]) -> Iterator[None]:
	"""Add what each call takes; a call within a call of the same part is part of it."""
	original: Callable[..., Any] = getattr(owner, name)
	own = name in vars(owner)
	inside = False

	def measured(*arguments: Any, **options: Any) -> Any:
		nonlocal inside
		if inside:
			return original(*arguments, **options)
		inside, started = True, perf_counter()
		try:
			return original(*arguments, **options)
		finally:
			inside = False
			spent[label] += perf_counter() - started

	setattr(owner, name, measured)
	try:
		yield
	finally:
		if own:
			setattr(owner, name, original)
		else:
			delattr(owner, name)


def _beyond_the_floor(goods: Goods) -> Iterator[Result]:
	with floor_doctype() as floor:
		values = {"doctype": floor, "items": [line(goods.items[0], 1, 3)]}
		counted = [_kinds(lambda: post(values), floor), _kinds(lambda: post(goods.sale()), "Bottle Sale")]
	for kind, count in sorted((counted[1] - counted[0]).items()):
		yield Result(f"beyond the floor: {kind}", count, "statements")


def _kinds(act: Callable[[], object], doctype: str) -> Counter[str]:
	"""The statements of an act by verb and table; the document's own table is the same for all."""
	act()
	with recorded() as texts:
		act()
	names = {doctype: "the document", "Bottle Sale Item": "its lines"}
	kinds: Counter[str] = Counter()
	for text in texts:
		verb = text.split(None, 1)[0].lower()
		tables = re.findall(r"`tab([^`]+)`", text)
		table = names.get(tables[0], tables[0]) if tables else ""
		kinds[f"{verb} {table}".strip()] += 1
	return kinds
