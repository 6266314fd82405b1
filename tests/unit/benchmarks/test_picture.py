"""The curve that the documentation shows."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from benchmarks.picture import axis, curve


def test_what_grows_in_proportion_is_a_straight_line() -> None:
	drawn = curve([(10, 0.1), (100, 1.0), (1000, 10.0)], "title", "across", "up")
	line = re.search(r'polyline points="([^"]+)"', drawn)
	assert line
	(x1, y1), (x2, y2), (x3, y3) = (map(float, pair.split(",")) for pair in line[1].split())
	assert x2 - x1 == pytest.approx(x3 - x2, abs=0.2)
	assert y1 - y2 == pytest.approx(y2 - y3, abs=0.2)
	assert y1 > y2


def test_an_axis_goes_from_power_to_power() -> None:
	chosen = axis([30, 4000], 0, 300)
	assert [*chosen.ticks()] == [10, 100, 1000, 10_000]
	assert chosen.place(100) == pytest.approx(100)
	assert [*axis([100, 100], 0, 1).ticks()] == [100, 1000]


def test_words_cannot_break_the_picture() -> None:
	root = ElementTree.fromstring(curve([(1, 2)], "a < b & c", "x", "y"))
	assert "a < b & c" in [node.text for node in root]


@pytest.mark.parametrize("points", [[], [(0, 1)], [(1, -1)]])
def test_what_has_no_place_is_refused(points: list[tuple[float, float]]) -> None:
	with pytest.raises(ValueError):
		curve(points, "title", "across", "up")
