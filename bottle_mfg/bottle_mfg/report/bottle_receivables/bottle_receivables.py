"""Bottle Receivables: what customers owed at the end of a day, by how late it was."""

from __future__ import annotations

from typing import Any

from bottle_mfg.payments.bills import KINDS
from bottle_mfg.reporting import ageing_table
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.stopwatch import stopped_on_error


@stopped_on_error
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	return ageing_table.run(filters, KINDS["Bottle Sale"])
