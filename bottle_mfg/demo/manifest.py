"""What the demo made on this site: so that exactly that can be taken away."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date

import frappe

_KEY = "bottle_mfg_demo"
_PARENT = "__global"


@dataclass
class Manifest:
	"""`day` is the today of the story. `records` are names by DocType, in the order of making. `series` are the
	counters of document numbers: what each stood at before (None: there was none) and after.
	"""

	day: str
	records: dict[str, list[str]] = field(default_factory=dict)
	series: dict[str, tuple[int | None, int]] = field(default_factory=dict)

	def note(self, doctype: str, name: str) -> None:
		self.records.setdefault(doctype, []).append(name)

	def names(self, doctype: str) -> list[str]:
		return self.records.get(doctype, [])

	@property
	def made_on(self) -> date:
		return date.fromisoformat(self.day)

	def save(self) -> None:
		frappe.db.set_global(_KEY, json.dumps(asdict(self)))


def read() -> Manifest | None:
	"""What was made and not yet removed; None where there is no demo."""
	text = frappe.db.get_value("DefaultValue", {"parent": _PARENT, "defkey": _KEY}, "defvalue")
	return Manifest(**json.loads(text)) if text else None


def forget() -> None:
	"""The demo is gone."""
	frappe.db.set_global(_KEY, None)
