"""The same request twice makes one document: a client's key says that it is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.content import digest
from bottle_mfg.controllers.fields import storable
from bottle_mfg.controllers.numbers import time_of_day
from bottle_mfg.controllers.retries import Attempts, RetriedDocument
from bottle_mfg.errors import Fault, IdempotencyConflictError, InvalidValueError, throw
from bottle_mfg.posting import background

LONGEST_KEY = 140

DRAFT, SUBMITTED = 0, 1
ACCEPTED = 202

_OF_REQUEST = "idempotency_key"
"""The flag that holds the key that came with a request, and the DocType that it makes a document of."""


def note_key_of_request(doctype: str, key: str) -> None:
	"""Have the first document of this DocType that is made from here on carry a key."""
	frappe.flags[_OF_REQUEST] = (doctype, key)


def refuse_other_key(stated: Any, sent: str) -> None:
	"""Raise `InvalidValueError` where a document states another key than its request."""
	if stated not in (None, "", sent):
		sentence = _("The request has another idempotency key than the document")
		throw(InvalidValueError([Fault(("idempotency_key",), sentence, "header")]))


class KeyedDocument(RetriedDocument):
	"""Is made once for each `idempotency_key`: who comes again with the same content gets what is stored.

	Raises `IdempotencyConflictError` where the key stands for another content, or for a document that the user may
	not read. A try that was refused has stored nothing, so its key is free.
	"""

	def update(self, d: Mapping[str, Any]) -> Any:
		answer = super().update(d)
		self.flags.stated = set(d)
		return answer

	def insert(self, *args: Any, **kwargs: Any) -> Any:
		return self._once(lambda: super(KeyedDocument, self).insert(*args, **kwargs))

	def save(self, *args: Any, **kwargs: Any) -> Any:
		if self.get("__islocal") or not self.get("name"):
			return self._once(lambda: super(KeyedDocument, self).save(*args, **kwargs))
		return super().save(*args, **kwargs)

	def check_if_latest(self) -> None:
		super().check_if_latest()
		before = self.get_doc_before_save()
		if before and self.meta.has_field("content_digest"):
			self.idempotency_key = self.idempotency_key or None
			self.content_digest = before.content_digest

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		if self.meta.has_field("content_digest"):
			self.content_digest = self.flags.content_digest if self.idempotency_key else None
		super().db_insert(*args, **kwargs)

	def _once(self, act: Callable[[], Any]) -> Any:
		"""Insert or save, unless a document with the key is there already or is, when this one was refused."""
		key = None if self.flags.key_is_known else self._key()
		if key is None:
			return act()
		self.flags.key_is_known = True
		self.flags.content_digest = digest(self, key, self.flags.stated or set())
		if self._take_over(key):
			return self
		attempts = Attempts(self)
		try:
			return act()
		except Exception:
			if not attempts.allowed or not attempts.undo(lambda: self._take_over(key)):
				raise
			return self
		finally:
			self.flags.key_is_known = False

	def _key(self) -> str | None:
		"""The key of a new document; None where it has none, or none that could be stored."""
		if not self.meta.has_field("idempotency_key"):
			return None
		doctype, sent = frappe.flags.get(_OF_REQUEST) or (None, "")
		if doctype == self.doctype:
			frappe.flags.pop(_OF_REQUEST)
			refuse_other_key(self.idempotency_key, sent)
			self.idempotency_key = sent
		key = self.idempotency_key
		if isinstance(key, int | float) and not isinstance(key, bool):
			key = str(key)
		if not isinstance(key, str) or not key.strip() or len(key) > LONGEST_KEY or not storable(key):
			return None  # what is wrong with it will be told with all else that is
		self.idempotency_key = key.strip()
		return self.idempotency_key

	def _take_over(self, key: str) -> bool:
		"""Become the document that the key stands for; False where it stands for none yet."""
		found = frappe.db.get_value(
			self.doctype, {"idempotency_key": key}, ["name", "content_digest"], as_dict=True
		)
		if not found:
			return False
		if found.name == self.get("amended_from"):  # copied with all else
			self.idempotency_key = None
			return False
		self.check_permission("create")
		if not self._may_read(found.name):
			throw(IdempotencyConflictError(_("This idempotency key was used before.")))
		if found.content_digest != self.flags.content_digest:
			sentence = _("This idempotency key was used before: it made {0}, with other content.")
			keys = {"doctype": self.doctype, "name": found.name}
			throw(IdempotencyConflictError(sentence.format(found.name), **keys))
		self._become(found.name)
		return True

	def _may_read(self, name: str) -> bool:
		"""Whether the user may read a stored document. Newer releases say which one he may not: not here."""
		if self.flags.ignore_permissions:
			return True
		messages = list(frappe.local.message_log)
		allowed = bool(frappe.get_doc(self.doctype, name).has_permission())
		frappe.local.message_log[:] = messages
		return allowed

	def _become(self, name: str) -> None:
		"""Turn into a stored document, in place: who saves a form goes on with the object that he has."""
		was, wanted = self.get("localname"), self.docstatus
		doctype, flags = self.doctype, self.flags
		vars(self).clear()
		self.__init__(doctype, name)  # type: ignore[misc]
		self.flags.update({key: flags[key] for key in ("ignore_permissions",) if key in flags})
		if was:
			self.localname = was
		for field in self.meta.get("fields", {"fieldtype": "Time"}):
			if self.get(field.fieldname) is not None:  # as it was answered the first time
				self.set(field.fieldname, str(time_of_day(self.get(field.fieldname))))
		if wanted == SUBMITTED and self.docstatus == DRAFT:
			left = background.accepted("Submit", self)
			if left:
				frappe.local.response.update(left, http_status_code=ACCEPTED)
