"""The arithmetic of measuring, and how it is written down: medians, ratios, verdicts, a table. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Sample:
	"""What the repetitions of one act took, in seconds."""

	seconds: tuple[float, ...]

	def __post_init__(self) -> None:
		if not self.seconds:
			raise ValueError("nothing was measured")

	@property
	def median(self) -> float:
		return median(self.seconds)

	@property
	def ms(self) -> float:
		"""The median in milliseconds."""
		return self.median * 1000

	def beside(self, other: Sample) -> float:
		"""How many times `other` it is, by the median of the rounds in which the two took turns.

		What slows the machine down for a while slows both of a round. Raises `ValueError` where the rounds do not
		match.
		"""
		pairs = zip(self.seconds, other.seconds, strict=True)
		return median(ratio(mine, base) for mine, base in pairs)

	@property
	def spread(self) -> float:
		"""How far the middle half of the repetitions lies apart, as a part of the median; 0 for a single one."""
		if len(self.seconds) < 2:
			return 0.0
		low, _middle, high = quantiles(self.seconds, n=4, method="inclusive")
		return ratio(high - low, self.median)


def ratio(figure: float, base: float) -> float:
	"""How many times `base` the figure is. Raises `ValueError` where the base is not above zero."""
	if base <= 0:
		raise ValueError(f"no ratio to {base}")
	return figure / base


@dataclass(frozen=True)
class Result:
	"""One figure and what it should be: at most `most`, at least `least`, or neither (for orientation)."""

	what: str
	figure: float
	unit: str
	most: float | None = None
	least: float | None = None
	note: str = ""
	at: float | None = None
	"""Where the figure stands on a curve."""
	headline: bool = False
	"""Whether the README quotes it."""

	@property
	def judged(self) -> bool:
		return self.most is not None or self.least is not None

	@property
	def excess(self) -> float:
		"""By which part of the target it is missed; 0 where it is met or there is none."""
		if self.most is not None and self.figure > self.most:
			return ratio(self.figure - self.most, self.most) if self.most > 0 else float("inf")
		if self.least is not None and self.figure < self.least:
			return ratio(self.least - self.figure, self.least)
		return 0.0

	@property
	def target(self) -> str:
		bounds = [("≤", self.most), ("≥", self.least)]
		return " and ".join(
			f"{sign} {number(bound)} {self.unit}" for sign, bound in bounds if bound is not None
		)

	@property
	def verdict(self) -> str:
		if not self.judged:
			return ""
		return f"missed by {self.excess:.0%}" if self.excess else "met"


def number(figure: float) -> str:
	"""A figure with three significant digits, whole from 100 on, thousands set apart."""
	if abs(figure) >= 100 or figure == int(figure):
		return f"{figure:,.0f}"
	return f"{figure:.2f}" if abs(figure) < 10 else f"{figure:.1f}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
	"""A Markdown table; the columns whose numbers are in `right` are set to the right."""
	rule = ["---:" if column in set(right) else "---" for column in range(len(header))]
	lines = [header, rule, *rows]
	return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def headlines_table(results: Iterable[Result]) -> str:
	"""The results that the README quotes, as Markdown: the target stands beside each that has one."""
	return table(
		("", "measured", "target"),
		((one.what, f"{number(one.figure)} {one.unit}", one.target) for one in results if one.headline),
		right=(1, 2),
	)


def between(text: str, begin: str, end: str, new: str) -> str:
	"""`text` with what stands between two lines of it replaced. Raises `ValueError` where they are not there."""
	before, found, rest = text.partition(begin + "\n")
	_old, also_found, after = rest.partition(end + "\n")
	if not found or not also_found:
		raise ValueError(f"{begin} and {end} are not there")
	return f"{before}{begin}\n{new}\n{end}\n{after}"


def results_table(results: Iterable[Result]) -> str:
	"""The results as Markdown, in their order."""
	return table(
		("what", "measured", "target", "", "note"),
		(
			(one.what, f"{number(one.figure)} {one.unit}", one.target, one.verdict, one.note)
			for one in results
		),
		right=(1, 2),
	)
