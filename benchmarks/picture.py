"""A curve as a picture: both axes logarithmic, so that a straight line means "in proportion". Pure Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from benchmarks.figures import number

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 30, 40, 60
BESIDE = 9
"""How far a point's figure stands from it."""
LINE, GRID, INK, PAPER = "#2490ef", "#d8dde3", "#333c44", "#ffffff"

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
	"""From one power of ten to another, between two places of the picture."""

	low: int
	high: int
	start: float
	end: float

	def place(self, figure: float) -> float:
		return self.start + (log10(figure) - self.low) / (self.high - self.low) * (self.end - self.start)

	def ticks(self) -> Iterator[float]:
		for power in range(self.low, self.high + 1):
			yield 10.0**power


def axis(figures: Sequence[float], start: float, end: float) -> Axis:
	"""The powers of ten that hold all `figures`. Raises `ValueError` where one is not above zero."""
	if min(figures) <= 0:
		raise ValueError("a logarithmic axis has no place for zero")
	low, high = floor(log10(min(figures))), ceil(log10(max(figures)))
	return Axis(low, max(high, low + 1), start, end)


def curve(points: Sequence[Point], title: str, across: str, up: str) -> str:
	"""The points, joined, as SVG; `across` and `up` name the axes. Raises `ValueError` without points."""
	if not points:
		raise ValueError("no points to draw")
	x = axis([point[0] for point in points], LEFT, WIDTH - RIGHT)
	y = axis([point[1] for point in points], HEIGHT - BOTTOM, TOP)
	path = " ".join(f"{x.place(a):.1f},{y.place(b):.1f}" for a, b in points)
	parts = [
		f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="{INK}">',
		f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
		_text(LEFT, TOP - 18, title, size=14),
		*_grid(x, y),
		f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>',
		*(_dot(x.place(a), y.place(b), b) for a, b in points),
		_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, across, anchor="middle"),
		_text(LEFT - 8, TOP - 18, up, anchor="end"),
		"</svg>",
	]
	return "\n".join(parts) + "\n"


def _grid(x: Axis, y: Axis) -> Iterator[str]:
	for tick in x.ticks():
		place = x.place(tick)
		yield _rule(place, TOP, place, HEIGHT - BOTTOM)
		yield _text(place, HEIGHT - BOTTOM + 18, _label(tick), anchor="middle")
	for tick in y.ticks():
		place = y.place(tick)
		yield _rule(LEFT, place, WIDTH - RIGHT, place)
		yield _text(LEFT - 8, place + 4, _label(tick), anchor="end")


def _label(tick: float) -> str:
	return f"{tick:,.0f}" if tick >= 1 else f"{tick:g}"


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
	return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{GRID}"/>'


def _dot(x: float, y: float, figure: float) -> str:
	at_edge = x - LEFT < 2 * BESIDE
	label = _text(
		x + (BESIDE if at_edge else -BESIDE), y - BESIDE, number(figure), "start" if at_edge else "end"
	)
	return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LINE}"/>' + label


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 12) -> str:
	return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
