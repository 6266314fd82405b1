"""Again, where the database let others go first: on fresh data, a bounded number of times, then an honest answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from bottle_mfg.errors import BusyError, throw

ATTEMPTS = 8
"""How often an action is tried, at most."""

DEADLINE = 12.0
"""Seconds after which no further attempt begins."""

PAUSE = 0.05
"""Seconds: the longest pause before the second attempt. It doubles with each further one."""

_RAW = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)
_LOST = (*_RAW, BusyError)
_WITHIN = "within_attempt"


class RetriedDocument(Document):
	"""Is inserted and saved (hence submitted, cancelled) again where that lost a deadlock or a wait for a lock.

	A document that the server itself read is also read again where others changed it meanwhile, unless both
	changed the same. Raises `BusyError` in the end; at once where a new attempt would take back more than the
	action itself.
	"""

	def insert(self, *args: Any, **kwargs: Any) -> Any:
		return _until_through(self, lambda: super(RetriedDocument, self).insert(*args, **kwargs))

	def save(self, *args: Any, **kwargs: Any) -> Any:
		return _until_through(self, lambda: super(RetriedDocument, self).save(*args, **kwargs))

	def load_from_db(self) -> Any:
		answer = super().load_from_db()
		self._as_read = _State(self)
		return answer

	def __getstate__(self) -> dict[str, Any]:
		state = super().__getstate__()
		state.pop("_as_read", None)
		return state


class _State:
	"""A document and its lines as they were at some moment."""

	def __init__(self, doc: Document) -> None:
		self._own = _copied(vars(doc))
		self._own.pop("_as_read", None)
		self._lines = {
			table.fieldname: [_copied(vars(row)) for row in doc.get(table.fieldname) or []]
			for table in doc.meta.get_table_fields()
		}

	def restore(self, doc: RetriedDocument) -> None:
		"""Make the document, with the very same lines, what it was. What was read last stays known."""
		read = getattr(doc, "_as_read", None)
		_become(doc, self._own)
		doc._as_read = read
		for table, lines in self._lines.items():
			for row, line in zip(doc.get(table) or [], lines, strict=True):
				_become(row, line)

	def values(self, doc: Document) -> dict[str, Any]:
		"""What the database keeps of it: the values of its fields, and of those of its lines."""
		values = {key: self._own.get(key) for key in doc.meta.get_valid_columns()}
		for table in doc.meta.get_table_fields():
			columns = frappe.get_meta(table.options).get_valid_columns()
			values[table.fieldname] = [
				{key: line.get(key) for key in columns} for line in self._lines[table.fieldname]
			]
		return values


class _Attempts:
	"""What has to be as before when an action is tried again."""

	def __init__(self, doc: RetriedDocument) -> None:
		self.doc = doc
		self.state = _State(doc)
		self.response = dict(frappe.local.response)
		self.messages = list(frappe.local.message_log)
		self.saving = list(frappe.flags.currently_saving)
		self.allowed = _rollback_takes_back_nothing_else()

	def make(self, act: Callable[[], Any]) -> Any:
		"""Act until it goes through, or until there was enough of trying."""
		begun = time.monotonic()
		for longest_pause in [PAUSE * 2**number for number in range(ATTEMPTS - 1)]:
			try:
				return act()
			except _LOST:
				if not self.allowed or time.monotonic() - begun > DEADLINE:
					raise
				self.start_over()
			except frappe.TimestampMismatchError:
				if not self.allowed or not self.take_over():
					raise
			time.sleep(random.uniform(0, longest_pause))
		return act()

	def start_over(self) -> None:
		"""Roll back: the next read sees what is true now. Put back what the failed attempt left in memory."""
		frappe.db.rollback()
		self.state.restore(self.doc)
		frappe.local.response.clear()
		frappe.local.response.update(self.response)
		frappe.local.message_log[:] = self.messages
		frappe.flags.currently_saving[:] = self.saving

	def take_over(self) -> bool:
		"""Start over from what others made of the document, with the changes that were to be saved put on top.

		False where it did not come from the database, or where both changed the same field, be it `modified`
		(a client says which state he has seen) or docstatus: then whoever asks has to look first.
		"""
		doc, read = self.doc, getattr(self.doc, "_as_read", None)
		if not read:
			return False
		was, wanted = read.values(doc), self.state.values(doc)
		frappe.db.rollback()
		fresh = _State(frappe.get_doc(doc.doctype, doc.name)).values(doc)
		changed = [key for key in was if wanted[key] != was[key]]
		if any(fresh[key] != was[key] for key in changed):
			return False
		self.start_over()
		ours = {key: doc.get(key) for key in changed}
		doc.load_from_db()
		for key, value in ours.items():
			doc.set(key, value, as_value=True)
		self.state = _State(doc)
		return True


def _until_through(doc: RetriedDocument, act: Callable[[], Any]) -> Any:
	if frappe.flags.get(_WITHIN):
		return act()
	attempts = _Attempts(doc)
	frappe.flags[_WITHIN] = True
	try:
		return attempts.make(act)
	except Exception as error:
		frappe.flags.currently_saving[:] = attempts.saving
		if isinstance(error, _RAW):
			throw(BusyError(_("Somebody else is changing the same records. Please try again in a moment.")))
		raise
	finally:
		frappe.flags.pop(_WITHIN, None)


def _rollback_takes_back_nothing_else() -> bool:
	"""Whether the transaction holds nothing of what came before: nothing written, being saved, or due at its end.

	Frappe's count of writes alone would not tell: a rollback to a savepoint sets it to zero. Documents that are
	being saved count with a name only: Frappe never strikes new ones off.
	"""
	return not (
		frappe.db.transaction_writes
		or any(name for _doctype, name in frappe.flags.currently_saving)
		or getattr(frappe.db.after_commit, "_functions", None)
		or getattr(frappe.db, "_disable_transaction_control", 0)
	)


def _copied(state: dict[str, Any]) -> dict[str, Any]:
	"""A copy of an object's attributes, with copies of the lists and flags among them."""
	return {key: value.copy() if isinstance(value, list | dict) else value for key, value in state.items()}


def _become(one: Document, state: dict[str, Any]) -> None:
	vars(one).clear()
	vars(one).update(_copied(state))
