"""How much is measured: enough for figures to quote, or just enough to see that all works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
	"""Ledger entries, repetitions and documents of a run."""

	entries: int
	"""Ledger entries of the site that is called full."""
	large: int
	"""Ledger entries of the site for the large reports; 0: not measured."""
	rounds: int
	"""Repetitions of what takes milliseconds."""
	repeats: int
	"""Repetitions of what takes seconds."""
	each: int
	"""Documents of each process where several are at work."""
	requests: int
	"""Requests over which a worker's memory is watched."""
	affected: int
	"""Later entries of the item that a back-dated purchase is for."""
	curve: tuple[int, ...]
	"""Affected entries of the points of the replay's curve."""

	def __str__(self) -> str:
		large = f" and {self.large:,}" if self.large else ""
		return (
			f"{self.entries:,}{large} ledger entries, {self.rounds} rounds of what takes milliseconds, "
			f"{self.repeats} of what takes seconds"
		)


FULL = Sizes(
	entries=1_000_000,
	large=10_000_000,
	rounds=60,
	repeats=3,
	each=50,
	requests=2000,
	affected=20_000,
	curve=(1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
)
QUICK = Sizes(
	entries=30_000,
	large=0,
	rounds=15,
	repeats=3,
	each=12,
	requests=100,
	affected=2_000,
	curve=(300, 1_000, 3_000),
)
