"""Again, where the database let others go first: on fresh data, a bounded number of times, then an honest answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import frappe
from frappe import _
from frappe.model.document import Document

from bottle_mfg.controllers.states import State
from bottle_mfg.errors import BusyError, throw

ATTEMPTS = 8
"""How often an action is tried, at most."""

DEADLINE = 12.0
"""Seconds after which no further attempt begins, once there were `AT_LEAST` of them."""

AT_LEAST = 3

PAUSE = 0.05
"""Seconds: the longest pause before the second attempt. It doubles with each further one."""

T = TypeVar("T")

_RAW = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)
LOST = (*_RAW, BusyError)
"""What it is when others were first: everything may be tried again."""

_WITHIN = "within_attempt"


class RetriedDocument(Document):
	"""Is inserted and saved (hence submitted, cancelled) again where that lost a deadlock or a wait for a lock.

	Raises `BusyError` in the end; at once where a new attempt would take back more than the action itself.
	"""

	def insert(self, *args: Any, **kwargs: Any) -> Any:
		return _until_through(self, lambda: super(RetriedDocument, self).insert(*args, **kwargs))

	def save(self, *args: Any, **kwargs: Any) -> Any:
		return _until_through(self, lambda: super(RetriedDocument, self).save(*args, **kwargs))

	def needs(self) -> Any:
		"""What has to be locked before the document itself; read once, before anything is locked."""

	def hold(self, needs: Any) -> None:
		"""Lock that, at the beginning of an attempt."""


class Attempts:
	"""What has to be as before when an action is tried again."""

	def __init__(self, doc: RetriedDocument) -> None:
		self.doc = doc
		self.state = State(doc)
		self.response = dict(frappe.local.response)
		self.messages = list(frappe.local.message_log)
		self.saving = list(frappe.flags.currently_saving)
		self.allowed = not frappe.flags.get(_WITHIN) and _rollback_takes_back_nothing_else()

	def make(self, act: Callable[[], Any]) -> Any:
		"""Act until it goes through, or until there was enough of trying."""
		begun = time.monotonic()
		needs = self.doc.needs()
		for number in range(1, ATTEMPTS):
			try:
				self.doc.hold(needs)
				return act()
			except LOST:
				late = number >= AT_LEAST and time.monotonic() - begun > DEADLINE
				if not self.allowed or late:
					raise
				self.start_over()
			time.sleep(random.uniform(0, PAUSE * 2 ** (number - 1)))
		self.doc.hold(needs)
		return act()

	def start_over(self) -> None:
		"""Roll back: the next read sees what is true now. Put back what the failed attempt left in memory."""
		frappe.db.rollback()
		self.state.restore(self.doc)
		frappe.local.response.clear()
		frappe.local.response.update(self.response)
		frappe.local.message_log[:] = self.messages
		frappe.flags.currently_saving[:] = self.saving

	def undo(self, done: Callable[[], bool]) -> bool:
		"""Start over after a refusal to see whether what was refused is `done`; if not, the refusal stands."""
		refusal, messages = dict(frappe.local.response), list(frappe.local.message_log)
		self.start_over()
		if done():
			return True
		frappe.local.response.update(refusal)
		frappe.local.message_log[:] = messages
		return False


def _give_up() -> NoReturn:
	throw(BusyError(_("Somebody else is changing the same records. Please try again in a moment.")))


def _until_through(doc: RetriedDocument, act: Callable[[], Any]) -> Any:
	if frappe.flags.get(_WITHIN):
		return act()
	attempts = Attempts(doc)
	with one_attempt():
		try:
			return attempts.make(act)
		except Exception as error:
			frappe.flags.currently_saving[:] = attempts.saving
			if isinstance(error, _RAW):
				_give_up()
			raise


@contextmanager
def one_attempt() -> Iterator[None]:
	"""Documents that are saved in here are not tried again one by one: whoever goes round them tries all again."""
	frappe.flags[_WITHIN] = True
	try:
		yield
	finally:
		frappe.flags.pop(_WITHIN, None)


def in_one_go(act: Callable[[], T]) -> T:
	"""Act in one transaction that begins with what is true now, again where that lost: for who makes several documents.

	What `act` wrote is taken back before a further attempt. Raises `BusyError` in the end. Where something was written
	before, which must not be taken back, there is one attempt, on what the transaction sees.
	"""
	if frappe.flags.get(_WITHIN) or not _rollback_takes_back_nothing_else():
		return act()
	messages, saving = list(frappe.local.message_log), list(frappe.flags.currently_saving)
	with one_attempt():
		for number in range(ATTEMPTS):
			frappe.db.rollback()
			try:
				return act()
			except LOST:
				frappe.local.message_log[:] = messages
			finally:
				frappe.flags.currently_saving[:] = saving
			time.sleep(random.uniform(0, PAUSE * 2**number))
	_give_up()


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
