"""The command line: which measurements, how large, and where the results go."""

from __future__ import annotations

import argparse
import os
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks import machine, site
from benchmarks.figures import Result, between, headlines_table, results_table, table
from benchmarks.measurements import MEASUREMENTS, Measurement
from benchmarks.sizes import FULL, QUICK, Sizes
from benchmarks.stage import Stage

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
README = RESULTS.parents[1] / "README.md"
BEGIN, END = "<!-- figures of make benchmark: begin -->", "<!-- figures of make benchmark: end -->"


@dataclass(frozen=True)
class Section:
	"""What a measurement found, and what went wrong with it (mostly nothing)."""

	measurement: Measurement
	results: list[Result]
	failure: str = ""

	def markdown(self, file: Path | None = None) -> str:
		"""As it stands in `file`, with its picture; without one, as it is printed."""
		parts = [f"## {self.measurement.title}"]
		if self.results:
			parts.append(results_table(self.results))
		if self.drawn and file == RESULTS and self.measurement.picture:
			parts.append(
				f"![{self.measurement.title}]({os.path.relpath(self.measurement.picture, RESULTS.parent)})"
			)
		if self.failure:
			parts.append(f"Could not be measured: {self.failure}")
		return "\n\n".join(parts)

	@property
	def drawn(self) -> str:
		"""The picture, as SVG; empty where there is none."""
		return self.measurement.draw(self.results) if self.measurement.draw and self.results else ""


def main(arguments: Sequence[str]) -> int:
	"""Measure, print, write; the status is 1 where a measurement could not be made. Missed targets are no failure."""
	chosen = _options(arguments)
	sizes = QUICK if chosen.quick else FULL
	site.connect()
	with machine.buffer_pool(chosen.buffer_pool):
		facts = table(("", ""), machine.facts(str(sizes)).items())
		print(facts, flush=True)
		sections = list(_measure(chosen.measurements or list(MEASUREMENTS), sizes))
	site.empty()  # millions of rows that nobody will look at
	if chosen.output:
		_write(chosen.output, facts, sections)
	return int(any(section.failure for section in sections))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
	names = ", ".join(MEASUREMENTS)
	parser.add_argument("measurements", nargs="*", metavar="measurement", help=f"some of: {names} (all)")
	parser.add_argument(
		"--quick", action="store_true", help="small sizes: to see that it works, not to quote"
	)
	parser.add_argument(
		"--buffer-pool",
		type=int,
		default=machine.BUFFER_POOL,
		metavar="MB",
		help=f"what the database server gets at least, where it may be told ({machine.BUFFER_POOL})",
	)
	parser.add_argument(
		"--output", type=Path, help=f"where to write the results (all of a full run: {RESULTS.name})"
	)
	chosen = parser.parse_args(arguments)
	unknown = set(chosen.measurements) - set(MEASUREMENTS)
	if unknown:
		parser.error(f"there is no measurement {', '.join(sorted(unknown))}, but: {names}")
	if chosen.output:
		chosen.output = chosen.output.resolve()
	elif not chosen.quick and not chosen.measurements:
		chosen.output = RESULTS
	return chosen


def _measure(names: Sequence[str], sizes: Sizes) -> Iterator[Section]:
	"""Each measurement by itself: one that fails leaves the others theirs."""
	stage = Stage()
	for name in (name for name in MEASUREMENTS if name in names):
		started = perf_counter()
		results: list[Result] = []
		failure = ""
		try:
			for result in MEASUREMENTS[name].measure(stage, sizes):
				results.append(result)
		except Exception as error:
			traceback.print_exc()
			failure = f"{type(error).__name__}: {error}"
			stage.spoil()
		section = Section(MEASUREMENTS[name], results, failure)
		print(f"\n{section.markdown()}\n\n({name}: {perf_counter() - started:.0f} s)", flush=True)
		yield section


def _write(file: Path, facts: str, sections: Sequence[Section]) -> None:
	parts = [
		"# Results",
		"Written by `make benchmark`; the [README](README.md) says how it is measured. Medians; × is a ratio of two "
		"figures of this run.",
		facts,
		*(section.markdown(file) for section in sections),
	]
	file.write_text("\n\n".join(parts) + "\n")
	if file == RESULTS:
		for section in sections:
			if section.drawn and section.measurement.picture:
				section.measurement.picture.write_text(section.drawn)
		results = [result for section in sections for result in section.results]
		README.write_text(between(README.read_text(), BEGIN, END, headlines_table(results)))
	print(f"\nWritten to {file}")
