"""The measurements by name, in the order in which they are made: those that want an empty site come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.measurements import contention, felt, memory, profile, replay, reports, scale, submit
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


@dataclass(frozen=True)
class Measurement:
	"""One measurement: what it is called where results are read, what makes it, and what draws it if anything does."""

	title: str
	measure: Callable[[Stage, Sizes], Iterable[Result]]
	draw: Callable[[Sequence[Result]], str] | None = None
	picture: Path | None = None


MEASUREMENTS: dict[str, Measurement] = {
	"raw": Measurement("The database", submit.raw_commits),
	"submit": Measurement("Submitting, beside a document that does nothing", submit.against_floor),
	"profile": Measurement("Where the time of a sale goes", profile.of_a_sale),
	"writers": Measurement("Several writers at once", contention.writers),
	"contention": Measurement("Eight processes on one item", contention.one_item),
	"memory": Measurement("A worker's memory", memory.flat),
	"scale": Measurement("A full ledger beside an empty one", scale.full_beside_empty),
	"replay": Measurement("Corrections of the past", replay.back_dated),
	"reports": Measurement("Reports on a full ledger", reports.full),
	"felt": Measurement("Pages of the Desk on a full ledger, in a browser", felt.in_a_browser),
	"large": Measurement("Reports on a large ledger", reports.large),
	"curve": Measurement(
		"Corrections of the past, by what they affect", replay.curve, replay.picture, IMAGES / "replay.svg"
	),
}
