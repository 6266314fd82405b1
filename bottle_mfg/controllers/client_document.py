"""What a client sends as a document: what of it gets in, and what is wrong with it before anybody relies on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

import frappe
from frappe import _
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.model.base_document import BaseDocument
from frappe.model.document import Document

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.fields import check_fields
from bottle_mfg.controllers.following import FollowingDocument
from bottle_mfg.controllers.keyed_document import KeyedDocument
from bottle_mfg.controllers.links import refuse_missing_links
from bottle_mfg.controllers.rows import RowWrittenWithOthers, WritesRowsAtOnce
from bottle_mfg.errors import ConflictError, Fault, throw

DRAFT = 0
MOST_LINES = 5000
"""Lines in one table of a document."""

_FRAPPE_KEYS = {
	"doctype",
	*default_fields,
	*optional_fields,
	"__islocal",
	"__unsaved",
	"__onload",
	"__run_link_triggers",
	"_amended_from",
}


class ClientValues(Document):
	"""Takes in fields only: no key can take the place of a method or of Frappe's inner state."""

	def set(self, key: str, value: Any, as_value: bool = False) -> None:
		of_line = key in child_table_fields and self.meta.istable
		if key in _FRAPPE_KEYS or of_line or self.meta.has_field(key):
			super().set(key, value, as_value)

	@classmethod
	def filled_in(cls) -> set[str]:
		"""The required fields that the server fills in where a client leaves them out, at least on a return."""
		return set()

	def _sanitize_content(self) -> None:
		"""Clean markup out of text. Frappe passes over what is submitted, as it was clean when it was a draft; but a
		document may be made and submitted at once, or changed as it is submitted."""
		if getattr(self.get("parent_doc") or self, "_action", None) != "submit":
			super()._sanitize_content()
			return
		submitted, self.docstatus = self.docstatus, DRAFT
		super()._sanitize_content()
		self.docstatus = submitted


class ClientRow(RowWrittenWithOthers, ClientValues):
	"""A line of a document. It is entered, changed and removed with its document, never on its own."""

	def validate(self) -> None:
		self._refuse()

	def on_trash(self) -> None:
		self._refuse()

	def _refuse(self) -> NoReturn:
		throw(ConflictError(_("A line can only be changed together with its document.")))


class ClientDocument(WritesRowsAtOnce, ClientValues, KeyedDocument, FollowingDocument):
	"""Base of everything people enter. A subclass says in `check` what is wrong with it beyond single fields.

	Saving raises `InvalidValueError` with every fault of the document and its lines, and `NotFoundError` where
	it names a record that does not exist.
	"""

	left_open: ClassVar[tuple[str, ...]] = ()
	"""Fields that Frappe fills in, with the present for one, and that stay empty where nobody stated them."""

	def check(self, faults: Faults) -> None:
		"""Note what is wrong."""

	def validate(self) -> None:
		faults = Faults(self)
		self.check(faults)
		faults.missing()
		faults.throw()

	def set(self, key: str, value: Any, as_value: bool = False) -> None:
		if key == "creation" and not as_value:
			return  # as a value it comes from the database, else from a client
		super().set(key, value, as_value)

	def update(self, d: Mapping[str, Any]) -> Any:
		super().update(d)
		if _is_template(d):
			self._leave_open(dict.fromkeys(self.left_open))
		if not isinstance(self.name, str | int | None):
			self.name = None
			self._note(("name",), _("The name has to be text"), "string")
		return self

	def _set_defaults(self) -> None:
		stated = {fieldname: self.get(fieldname) for fieldname in self.left_open}
		super()._set_defaults()
		self._leave_open(stated)

	def _leave_open(self, values: Mapping[str, Any]) -> None:
		for fieldname, value in values.items():
			super().set(fieldname, value)

	def extend(self, key: str, value: Any) -> None:
		"""Take in the lines of a table, keeping the place of those that are none for the fault's `loc`."""
		if not isinstance(value, list | tuple):
			self._note((key,), _("{0} has to be a list of lines").format(self._label(key)), "list")
			return
		if len(value) > MOST_LINES:
			sentence = _("{0} has more than {1} lines").format(self._label(key), MOST_LINES)
			self._note((key,), sentence, "too_long")
			return
		for place, row in enumerate(value):
			if isinstance(row, dict | BaseDocument):
				self.append(key, row)
			else:
				self.append(key, {})
				self._note((key, place), _("A line has to be an object with fields"), "object")

	def has_permission(self, *args: Any, **kwargs: Any) -> bool:
		# What the client says about the owner must not decide what an owner may do.
		if not self.is_new() and self.name:
			self.owner = self._stored_owner() or self.owner
		return super().has_permission(*args, **kwargs)

	def load_from_db(self) -> Any:
		answer = super().load_from_db()
		self._owned = (self.name, self.owner)
		return answer

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		super().db_insert(*args, **kwargs)
		self._owned = (self.name, self.owner)

	def _stored_owner(self) -> str | None:
		"""Who made the document, as it was read or written by this object, else from the database."""
		name, owner = getattr(self, "_owned", (None, None))
		if name != self.name:
			owner = frappe.db.get_value(self.doctype, self.name, "owner")
			self._owned = (self.name, owner)
		return owner

	def check_if_latest(self) -> None:
		super().check_if_latest()
		before = self.get_doc_before_save()
		self._own_standard_fields(before)
		if self._action == "cancel":
			self._restore(before)
		for field in self.meta.get_table_fields():
			self._own_rows(field.fieldname, before)

	def _validate_links(self) -> None:
		if self.is_new():
			self.check_permission("create")
		if self._action == "cancel":
			return
		faults = Faults(self)
		check_fields(faults)
		self.flags.faults = faults.found
		if self._action == "update_after_submit":
			faults.throw()  # Frappe does not validate then
		if not faults.found:
			refuse_missing_links(self)
			super()._validate_links()

	def _restore(self, before: Document) -> None:
		"""Undo what the client changed: cancelling changes no fact of a document."""
		for field in self.meta.fields:
			self.set(field.fieldname, before.get(field.fieldname))

	def _own_standard_fields(self, before: Document | None) -> None:
		"""Take back what the client says of fields that Frappe keeps: when it was made, tags, likes."""
		for name in ("creation", "idx", *optional_fields):
			if before:
				self.set(name, before.get(name), as_value=True)
			elif name != "creation":
				self.set(name, None if name in optional_fields else 0)

	def _own_rows(self, table: str, before: Document | None) -> None:
		"""Number the lines, and take from them the names of lines that are not this document's."""
		known = {row.name: row for row in before.get(table)} if before else {}
		for number, row in enumerate(self.get(table), 1):
			row.idx = number
			stored = known.pop(row.name, None) if isinstance(row.name, str) else None
			source = stored or self
			row.owner, row.creation = source.owner, source.creation
			if not stored:
				row.name = None
				row.set("__islocal", 1)
				if self._action == "update_after_submit":
					sentence = _("The lines of a submitted document cannot be changed.")
					frappe.throw(sentence, frappe.UpdateAfterSubmitError)

	def _note(self, loc: tuple[str | int, ...], msg: str, type: str) -> None:
		self.flags.faults = [*(self.flags.faults or []), Fault(loc, msg, type)]

	def _label(self, fieldname: str) -> str:
		return _(self.meta.get_label(fieldname))


def _is_template(values: Mapping[str, Any]) -> bool:
	"""Whether these are what Frappe begins a new document with: the defaults in it were stated by nobody."""
	return bool(values.get("__islocal")) and all(
		name in values and values[name] is None for name in ("name", "creation", "modified")
	)
