"""Reading a report's filters: they come from a client, so nothing is believed before it was looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from bottle_mfg.controllers.numbers import day
from bottle_mfg.errors import Fault, InvalidValueError, throw

MOST_DAYS = 3660
"""The longest stretch that one report spans."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FilterReader:
	"""The filters of one run. Reading notes what is wrong; `check` says all of it at once."""

	def __init__(self, raw: Any) -> None:
		self._raw = raw if isinstance(raw, dict) else {}
		self._faults: list[Fault] = []

	def check(self) -> None:
		"""Raise `InvalidValueError` with every fault found while reading, if there was any."""
		if self._faults:
			throw(InvalidValueError(self._faults))

	def fault(self, name: str, msg: str, type: str) -> None:
		"""Note what is wrong with a filter."""
		self._faults.append(Fault(("filters", name), msg, type))

	def dates(self) -> tuple[date, date]:
		"""`from_date` and `to_date`; absent ones are the first of `to_date`'s month, and today."""
		last = self._day("to_date", _("To Date"), getdate(nowdate()))
		first = self._day("from_date", _("From Date"), last.replace(day=1))
		if first > last:
			self.fault("from_date", _("From Date is after To Date"), "less_than_equal")
		elif (last - first).days >= MOST_DAYS:
			self.fault("from_date", _("Choose at most {0} days").format(MOST_DAYS), "less_than_equal")
		return first, last

	def choice(self, name: str, label: str, options: Sequence[str], default: str) -> str:
		"""One of `options`."""
		value = self._raw.get(name) or default
		if value not in options:
			self.fault(name, _("{0} has to be one of: {1}").format(label, ", ".join(options)), "choice")
			return default
		return value

	def record(self, name: str, doctype: str) -> str | None:
		"""The name of a record that exists; None where the filter is absent."""
		value = self._text(name, _(doctype))
		if value and not frappe.db.exists(doctype, value):
			self.fault(name, _("{0} {1} does not exist").format(_(doctype), value), "not_found")
			return None
		return value

	def date(self, name: str, label: str) -> date:
		"""A day; today where the filter is absent."""
		return self._day(name, label, getdate(nowdate()))

	def text(self, name: str, label: str) -> str | None:
		"""Any text; None where the filter is absent."""
		return self._text(name, label)

	def flag(self, name: str) -> bool:
		"""A tick box."""
		return bool(cint(self._raw.get(name)))

	def number(self, name: str, label: str, default: int, most: int) -> int:
		"""A whole number from 1 to `most`."""
		raw = self._raw.get(name)
		if raw in (None, ""):
			return default
		text = str(raw).strip()
		value = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0
		if not 1 <= value <= most:
			self.fault(name, _("{0} has to be a whole number from 1 to {1}").format(label, most), "number")
			return default
		return value

	def _text(self, name: str, label: str) -> str | None:
		value = self._raw.get(name)
		if value in (None, ""):
			return None
		if not isinstance(value, str):
			self.fault(name, _("{0} has to be text").format(label), "text")
			return None
		return value

	def _day(self, name: str, label: str, default: date) -> date:
		raw = self._raw.get(name)
		if raw in (None, ""):
			return default
		found = day(raw) if isinstance(raw, date) or _DAY.fullmatch(str(raw)) else None
		if found is None:
			self.fault(name, _("{0} is not a date (YYYY-MM-DD)").format(label), "date")
			return default
		return found
