"""Bottle Possible Duplicates: documents and payments that were perhaps entered twice."""

from __future__ import annotations

from typing import Any

from frappe import _

from bottle_mfg.controllers.duplicates import ALIKE, USUAL_DAYS, duplicate_days
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.columns import Column, cells, count, dynamic_link, money, text
from bottle_mfg.reporting.duplicates import MOST, Pair, pairs
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import paged
from bottle_mfg.reporting.stopwatch import stopped_on_error

ALL = "All"
MOST_DAYS = 60


@stopped_on_error
@paged
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows and message. Raises `InvalidValueError` for filters that make no sense."""
	reader = FilterReader(filters)
	first, last = reader.dates()
	usual = min(duplicate_days() or USUAL_DAYS, MOST_DAYS)
	apart = reader.number("days_apart", _("Days Apart"), usual, MOST_DAYS)
	kind = reader.choice("document_type", _("Kind"), (ALL, *ALIKE), ALL)
	reader.check()
	found = pairs(ALIKE if kind == ALL else [kind], first, last, apart)
	message = _("Two that are alike may both be right. Look at them before you cancel one.")
	if len(found) >= MOST:
		message += " " + _("There are more: choose a shorter period.")
	return _columns(), [_row(pair) for pair in found], message


def _columns() -> list[Column]:
	return [
		text("kind", _("Kind"), 115),
		dynamic_link("later", _("Document"), "doctype", 145),
		text("later_date", _("Date"), 100, "Date"),
		dynamic_link("earlier", _("Is Like"), "doctype", 145),
		text("earlier_date", _("Of"), 100, "Date"),
		count("days_apart", _("Days Apart"), 95),
		text("party", _("Party"), 160),
		money("amount", _("Amount"), 110),
		text("why", _("Why"), 242),
	]


def _row(pair: Pair) -> dict[str, Any]:
	return cells(
		{
			"doctype": pair.doctype,
			"kind": _(pair.doctype),
			"later": pair.later,
			"later_date": pair.later_date,
			"earlier": pair.earlier,
			"earlier_date": pair.earlier_date,
			"days_apart": pair.days_apart,
			"party": pair.party,
			"amount": pair.amount,
			"why": "; ".join(pair.why),
		}
	)
