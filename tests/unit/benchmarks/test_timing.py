"""How acts are repeated: in turn, with warm rounds that do not count."""

from __future__ import annotations

import gc

import pytest

from benchmarks.timing import alternate, without_collector


def test_acts_take_turns_and_warm_rounds_do_not_count() -> None:
	done: list[str] = []
	taken = alternate({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=3, warm=2)
	assert done == ["a", "b"] * 5
	assert [len(taken[name].seconds) for name in ("a", "b")] == [3, 3]


def test_the_collector_is_back_after_a_failure() -> None:
	with pytest.raises(RuntimeError), without_collector():
		assert not gc.isenabled()
		raise RuntimeError
	assert gc.isenabled()
