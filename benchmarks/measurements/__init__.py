"""The measurements by name, in the order in which they are made: those that want an empty site come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.figures import Result
from benchmarks.measurements import contention, memory, replay, reports, scale, submit
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage


@dataclass(frozen=True)
class Measurement:
	"""One measurement: what it is called where results are read, and what makes it."""

	title: str
	measure: Callable[[Stage, Sizes], Iterable[Result]]


MEASUREMENTS: dict[str, Measurement] = {
	"raw": Measurement("The database", submit.raw_commits),
	"submit": Measurement("Submitting, beside a document that does nothing", submit.against_floor),
	"writers": Measurement("Several writers at once", contention.writers),
	"contention": Measurement("Eight processes on one item", contention.one_item),
	"memory": Measurement("A worker's memory", memory.flat),
	"scale": Measurement("A full ledger beside an empty one", scale.full_beside_empty),
	"replay": Measurement("Corrections of the past", replay.back_dated),
	"reports": Measurement("Reports on a full ledger", reports.full),
	"large": Measurement("Reports on a large ledger", reports.large),
}
