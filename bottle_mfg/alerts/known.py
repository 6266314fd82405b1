"""What people were told already: one Bottle Alert for each thing, until it is over.

A row is claimed with what is told of it in one transaction: of any number of workers that see the same thing at the
same moment, the database lets one have it. If that one dies, nothing was claimed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import frappe
from frappe.utils import add_days, now_datetime

from bottle_mfg.alerts.kinds import CORRECTION, COUNT_LOSS, REJECTS
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, flat, places, standard_values

_TABLE = "Bottle Alert"
_COLUMNS = ("name", *STANDARD_COLUMNS, "kind", "document_type", "document_name", "occasion", "claim")
KEPT_DAYS = 30
"""Days that what happened once is kept: nobody is told of it again, and it is never over by itself."""

_EVENTS = (REJECTS, COUNT_LOSS, CORRECTION)
_AT_ONCE = 500
_LONGEST = 140


def claim(kind: str, doctype: str, names: Iterable[str], occasion: str = "") -> set[str]:
	"""Those of the records of which nobody was told yet: it is the caller's to tell, and to commit with that.

	`occasion` tells apart what is told of one record several times.
	"""
	token, now, wanted = frappe.generate_hash(length=20), now_datetime(), sorted(set(names))
	for some in _portions(wanted):
		rows = [
			(
				frappe.generate_hash(length=16),
				*standard_values(now),
				kind,
				doctype,
				name,
				occasion[:_LONGEST],
				token,
			)
			for name in some
		]
		frappe.db.sql(
			f"insert ignore into `tab{_TABLE}` ({columns(_COLUMNS)}) values {places(rows)}", flat(rows)
		)
	if not wanted:
		return set()
	return set(frappe.db.sql(f"select document_name from `tab{_TABLE}` where claim = %s", token, pluck=True))


def forget(kind: str, doctype: str, names: Iterable[str]) -> None:
	"""It is over: the next time people are told again."""
	for some in _portions(sorted(set(names))):
		frappe.db.delete(_TABLE, {"kind": kind, "document_type": doctype, "document_name": ("in", some)})


def forget_all(kind: str) -> None:
	"""Nobody was told of anything of a kind."""
	frappe.db.delete(_TABLE, {"kind": kind})


def told(kind: str, doctype: str, names: Collection[str] | None = None) -> set[str]:
	"""The records of which people were told, or those among `names`."""
	filters: dict[str, Any] = {"kind": kind, "document_type": doctype}
	if names is not None:
		filters["document_name"] = ("in", [*names, ""])
	return set(frappe.get_all(_TABLE, filters=filters, pluck="document_name"))


def forget_old() -> None:
	"""Forget what happened once and is old by now: the daily job."""
	frappe.db.sql(
		f"delete from `tab{_TABLE}` where kind in %s and creation < %s",
		(_EVENTS, add_days(now_datetime(), -KEPT_DAYS)),
	)


def _portions(names: Sequence[str]) -> Iterable[Sequence[str]]:
	return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
