"""The command line: which measurements, how large, and where the results go."""

from __future__ import annotations

import argparse
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks import machine, site
from benchmarks.figures import Result, results_table, table
from benchmarks.measurements import MEASUREMENTS
from benchmarks.sizes import FULL, QUICK, Sizes
from benchmarks.stage import Stage

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"

Section = tuple[str, list[Result], str]
"""A measurement's title, its results, and what went wrong with it (mostly nothing)."""


def main(arguments: Sequence[str]) -> int:
	"""Measure, print, write; the status is 1 where a measurement could not be made. Missed targets are no failure."""
	chosen = _options(arguments)
	sizes = QUICK if chosen.quick else FULL
	site.connect()
	with machine.buffer_pool(chosen.buffer_pool):
		facts = machine.facts(str(sizes))
		print(_facts_table(facts), flush=True)
		sections = list(_measure(chosen.measurements or list(MEASUREMENTS), sizes))
	text = _document(facts, sections)
	if chosen.output:
		chosen.output.write_text(text)
		print(f"\nWritten to {chosen.output}")
	return int(any(failure for _title, _results, failure in sections))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
	parser.add_argument(
		"measurements",
		nargs="*",
		choices=[*MEASUREMENTS, []],
		metavar="measurement",
		help=f"some of: {', '.join(MEASUREMENTS)} (all)",
	)
	parser.add_argument(
		"--quick", action="store_true", help="small sizes: to see that it works, not to quote"
	)
	parser.add_argument(
		"--buffer-pool",
		type=int,
		default=2048,
		metavar="MB",
		help="what the database server gets at least, where it may be told (2048)",
	)
	parser.add_argument(
		"--output", type=Path, help=f"where to write the results (all of a full run: {RESULTS.name})"
	)
	chosen = parser.parse_args(arguments)
	if chosen.output:
		chosen.output = chosen.output.resolve()
	elif not chosen.quick and not chosen.measurements:
		chosen.output = RESULTS
	return chosen


def _measure(names: Sequence[str], sizes: Sizes) -> Iterator[Section]:
	"""Each measurement by itself: one that fails leaves the others theirs."""
	stage = Stage()
	for name in (name for name in MEASUREMENTS if name in names):
		measurement = MEASUREMENTS[name]
		started = perf_counter()
		results: list[Result] = []
		failure = ""
		try:
			results.extend(measurement.measure(stage, sizes))
		except Exception as error:
			traceback.print_exc()
			failure = f"{type(error).__name__}: {error}"
		print(
			f"\n{_section(measurement.title, results, failure)}\n\n({name}: {perf_counter() - started:.0f} s)",
			flush=True,
		)
		yield measurement.title, results, failure


def _document(facts: dict[str, str], sections: Sequence[Section]) -> str:
	parts = [
		"# Results",
		"Written by `make benchmark`; [how it is measured](README.md). Medians; × is a ratio of two figures of this run.",
		_facts_table(facts),
		*(_section(*section) for section in sections),
	]
	return "\n\n".join(parts) + "\n"


def _facts_table(facts: dict[str, str]) -> str:
	return table(("", ""), facts.items())


def _section(title: str, results: Sequence[Result], failure: str) -> str:
	parts = [f"## {title}"]
	if results:
		parts.append(results_table(results))
	if failure:
		parts.append(f"Could not be measured: {failure}")
	return "\n\n".join(parts)
