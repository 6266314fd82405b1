"""Engines are shared by benches, and go when no bench stands on them."""

from pathlib import Path

import pytest

from dev.engine import remove_unused_engines
from dev.layout import BENCH_STAMP, Cache
from dev.stamps import Stamp, locked


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
	"""Two engines, of which a bench stands on one, and what a killed set-up left."""
	cache = Cache(tmp_path)
	for name in ("used", "unused", ".killed.x1y2"):
		(cache.engines / name / "frappe").mkdir(parents=True)
	for name in ("used.lock", "unused.lock"):
		(cache.engines / name).touch()
	Stamp(cache.benches / "app-1" / BENCH_STAMP).write(engine="used")
	(cache.benches / "app-2").mkdir()
	(cache.benches / "app-1.lock").touch()
	return cache


def names(cache: Cache) -> set[str]:
	return {path.name for path in cache.engines.iterdir()}


def test_engines_without_a_bench_go(cache: Cache) -> None:
	remove_unused_engines(cache)
	assert names(cache) == {"used", "used.lock"}


def test_all_stay_while_another_set_up_may_have_chosen_one(cache: Cache) -> None:
	before = names(cache)
	with locked(cache.engines_lock, shared=True):
		remove_unused_engines(cache)
	assert names(cache) == before
