"""Entering the documents of a file in one transaction: all of them, or none and a list of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.data_import.importer import get_id_field
from frappe.core.doctype.version.version import get_diff
from frappe.utils import getdate, nowdate, strip_html
from rq.timeouts import JobTimeoutException

from bottle_mfg.controllers.numbers import day
from bottle_mfg.controllers.retries import LOST, one_attempt
from bottle_mfg.errors import BottleError, InvalidValueError, NotFoundError, OverReturnError
from bottle_mfg.importing.sheet import Entered, RowFault, Sheet

ATTEMPTS = 3
"""How often a file is begun anew where others hold what it needs."""

SAVEPOINT = "imported_document"

_REFUSALS = (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError)

Progress = Callable[[int, int], None]
"""Told how many of how many documents were entered."""


class Entering:
	"""One import of a `sheet`.

	`names` are what was entered by the documents' first rows, `faults` what is wrong, `unexpected` the tracebacks of
	what no document should raise.
	"""

	def __init__(self, sheet: Sheet, data_import: Any, progress: Progress) -> None:
		self.sheet = sheet
		self.data_import = data_import
		self.progress = progress
		self.documents = sheet.documents()
		self.names: dict[int, str] = {}
		self.faults: list[RowFault] = []
		self.unexpected: list[str] = []

	def run(self) -> bool:
		"""Enter all; whether nothing was wrong. The caller commits, or rolls back.

		Raises what the database raises, or `BusyError`, where others hold what is needed again and again. What a
		document says that is refused is seen by those after it as never entered.
		"""
		for attempt in range(1, ATTEMPTS + 1):
			try:
				with one_attempt():
					self._enter_all()
				return not self.faults
			except LOST:
				frappe.db.rollback()
				if attempt == ATTEMPTS:
					raise
		return False

	def _enter_all(self) -> None:
		self.names, self.faults, self.unexpected = {}, [], []
		for number, one in enumerate(_by_day(self.documents), 1):
			found = [*self._faults_of(one)]
			known = {(fault.row, fault.fieldname) for fault in one.faults}
			self.faults += one.faults
			self.faults += [fault for fault in found if (fault.row, fault.fieldname) not in known]
			self.progress(number, len(self.documents))
		self.faults.sort(key=lambda fault: fault.row or 0)

	def _faults_of(self, one: Entered) -> Iterator[RowFault]:
		"""Enter one document; what is wrong with it, if it was refused."""
		frappe.db.savepoint(SAVEPOINT)
		frappe.clear_messages()
		try:
			self.names[one.rows[0]] = self._enter(one)
		except (*LOST, JobTimeoutException):
			raise
		except Exception as error:
			frappe.db.rollback(save_point=SAVEPOINT)
			if not isinstance(error, _REFUSALS):
				self.unexpected.append(frappe.get_traceback())
			yield from _told(self.sheet, one, error)
		finally:
			frappe.flags.currently_saving = []
			frappe.db.transaction_writes = 0  # Frappe refuses more than so many at once

	def _enter(self, one: Entered) -> str:
		doc = self._changed(one) if self.sheet.is_update else self._new(one)
		if doc is None:
			return str(one.values[get_id_field(self.sheet.doctype).fieldname])
		label = _("via Data Import")
		doc.flags.updater_reference = {
			"doctype": "Data Import",
			"docname": self.data_import.name,
			"label": label,
		}
		doc.flags.correction_progress = _not_told  # a worker has it already: no document is left to another
		if self.sheet.is_update:
			doc.save()
		else:
			doc.insert(set_name=one.values.get("name"))
		return str(doc.name)

	def _new(self, one: Entered) -> Any:
		doc = frappe.get_doc({**one.values, "doctype": self.sheet.doctype})
		if doc.meta.is_submittable and self.data_import.submit_after_import:
			doc.docstatus = 1
		return doc

	def _changed(self, one: Entered) -> Any:
		"""The document that the rows name, with what they say; None where it says that already."""
		name = one.values.get(get_id_field(self.sheet.doctype).fieldname)
		doc = frappe.get_doc(self.sheet.doctype, name)
		before = frappe.get_doc(self.sheet.doctype, name)
		for fieldname, value in one.values.items():
			doc.set(fieldname, _merged(doc, fieldname, value) if fieldname in one.lines else value)
		return doc if get_diff(before, doc) else None


def _merged(doc: Any, table: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The lines of a table: those that are named keep what the file does not say."""
	known = {row.name: row.as_dict() for row in doc.get(table)}
	return [known.get(line.get("name"), {}) | line for line in lines]


def _not_told(_done: int) -> None:
	"""The progress within one document is nobody's concern."""


def _by_day(documents: list[Entered]) -> list[Entered]:
	"""In the order of their days, which spares the ledger corrections of the past; within a day, as in the file."""
	today = getdate(nowdate())

	def when(one: Entered) -> date:
		return day(one.values.get("date")) or today

	return sorted(documents, key=when)


def _told(sheet: Sheet, one: Entered, error: Exception) -> Iterator[RowFault]:
	"""What an error says about a document, each fault at its place."""
	if isinstance(error, InvalidValueError):
		for fault in error.faults:
			yield sheet.fault(one, fault.loc, fault.msg, fault.type)
	elif isinstance(error, NotFoundError) and error.keys.get("missing"):
		for missing in error.keys["missing"]:
			sentence = _("{0} {1} does not exist").format(_(missing["doctype"]), missing["name"])
			yield sheet.fault(one, missing["loc"], sentence, error.code)
	elif isinstance(error, OverReturnError):
		for line in error.keys["lines"]:
			yield sheet.fault(one, line["loc"], str(error), error.code)
	elif isinstance(error, BottleError):
		yield sheet.fault(one, (), str(error), error.code)
	else:
		yield sheet.fault(one, (), _sentence(error), "refused")


def _sentence(error: Exception) -> str:
	"""What Frappe, or another app, says: the last message to the user, else the error itself."""
	messages = [frappe.parse_json(message) for message in frappe.local.message_log]
	said = [strip_html(str(message.get("message") or "")) for message in messages]
	if said and said[-1]:
		return said[-1]
	return strip_html(str(error)) or _(type(error).__name__)
