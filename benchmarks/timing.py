"""Repeating acts and taking their time."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from benchmarks.figures import Sample

Act = Callable[[], object]


def once(act: Act) -> float:
	"""The seconds that one run of `act` takes."""
	started = perf_counter()
	act()
	return perf_counter() - started


def alternate(acts: Mapping[str, Act], rounds: int, warm: int = 3) -> dict[str, Sample]:
	"""Run the acts in turn, `rounds` times each, after `warm` rounds that do not count.

	In turn, so that whatever slows the machine down for a while slows all of them.
	"""
	taken: dict[str, list[float]] = {name: [] for name in acts}
	for number in range(-warm, rounds):
		for name, act in acts.items():
			with without_collector():
				seconds = once(act)
			if number >= 0:
				taken[name].append(seconds)
	return {name: Sample(tuple(seconds)) for name, seconds in taken.items()}


def repeat(act: Act, rounds: int, warm: int = 1) -> Sample:
	"""What `act` takes, `rounds` times after `warm` runs that do not count."""
	return alternate({"": act}, rounds, warm)[""]


@contextmanager
def without_collector() -> Iterator[None]:
	"""Collect garbage before the block and not inside: one act should not pay for another's."""
	gc.collect()
	gc.disable()
	try:
		yield
	finally:
		gc.enable()
