"""What submitting costs beside the floor: time, and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import frappe

from benchmarks.figures import Result, Sample
from benchmarks.floor import floor_doctype
from benchmarks.goods import Goods, line, make_goods, post
from benchmarks.site import commit, plain_connection, statements
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from benchmarks.timing import alternate, repeat
from bottle_mfg import posting

MANY = 100


def raw_commits(_stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Single rows that the database commits in a second, on one connection."""
	with plain_connection(autocommit=True) as connection, connection.cursor() as cursor:
		cursor.execute(
			"create or replace table benchmark_raw (id bigint auto_increment primary key, word varchar(140))"
		)

		def thousand() -> None:
			for _ in range(1000):
				cursor.execute("insert into benchmark_raw (word) values ('bottle')")

		try:
			taken = repeat(thousand, sizes.repeats)
		finally:
			cursor.execute("drop table benchmark_raw")
	yield Result("raw: rows committed one by one", 1000 / taken.median, "a second", note=_noise(taken))


def against_floor(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Insert and submit of our documents beside those of an empty document with the same lines."""
	stage.empty()
	with floor_doctype() as floor:
		goods = make_goods(MANY)
		documents: dict[str, Callable[[], dict[str, Any]]] = {
			"floor": lambda: _floor(floor, goods, 1),
			"1-line sale": goods.sale,
			"1-line purchase": goods.purchase,
			"blow": goods.blow,
			f"floor of {MANY} lines": lambda: _floor(floor, goods, MANY),
			f"{MANY}-line sale": lambda: goods.sale(MANY),
		}
		taken = alternate(
			{name: lambda make=make: post(make()) for name, make in documents.items()}, sizes.rounds
		)
		counted = {name: statements(lambda make=make: post(make())) for name, make in documents.items()}
	yield from _times(taken)
	yield from _statements(counted)
	yield from _ledger_statements(goods)


def _times(taken: dict[str, Sample]) -> Iterator[Result]:
	floor = taken["floor"]
	yield Result(
		"floor: insert + submit of an empty document with 1 line", floor.ms, "ms", note=_noise(floor)
	)
	for name, most in (("1-line sale", 1.5), ("1-line purchase", None), ("blow", None)):
		one = taken[name]
		yield Result(
			f"{name}: insert + submit",
			one.beside(floor),
			"× floor",
			most=most,
			note=f"{one.ms:.1f} ms, {_noise(one)}",
			headline=most is not None,
		)
	many, many_floor = taken[f"{MANY}-line sale"], taken[f"floor of {MANY} lines"]
	yield Result(
		f"{MANY}-line sale: insert + submit",
		many.beside(many_floor),
		f"× floor of {MANY} lines",
		note=f"{many.ms:.0f} ms beside {many_floor.ms:.0f} ms",
	)


def _statements(counted: dict[str, int]) -> Iterator[Result]:
	floor = counted["floor"]
	for name, most in (("1-line sale", floor + 8), ("1-line purchase", None), ("blow", None)):
		yield Result(
			f"{name}: statements",
			counted[name],
			"statements",
			most=most,
			note=f"floor: {floor}",
			headline=most is not None,
		)


def _ledger_statements(goods: Goods) -> Iterator[Result]:
	one = _posting(goods.sale())
	yield Result("ledger statements of a 1-line sale", one, "statements")
	yield Result(
		f"ledger statements of a {MANY}-line sale", _posting(goods.sale(MANY)), "statements", most=one
	)


def _posting(values: dict[str, Any]) -> int:
	"""Statements of the ledger alone: `posting.post` of a document saved before."""
	doc = frappe.get_doc(values).insert()
	commit()
	doc.docstatus = 1
	count = statements(lambda: posting.post(doc.voucher()))
	frappe.db.rollback()
	return count


def _floor(doctype: str, goods: Goods, lines: int) -> dict[str, Any]:
	return {"doctype": doctype, "items": [line(item, 1, 3) for item in goods.items[:lines]]}


def _noise(sample: Sample) -> str:
	return f"middle half within {sample.spread:.0%}"
