"""Documents that others changed while an action was on its way to them."""

from __future__ import annotations

from typing import Any

from frappe.model.document import Document

from bottle_mfg.controllers.states import AS_READ, State


class FollowingDocument(Document):
	"""What the server itself read, to cancel it or to set a field, follows what others made of it meanwhile.

	Frappe would refuse: but whoever names a document and an action has seen nothing that is old by now. A client
	who sends the document, or its `modified`, has; he gets Frappe's answer.
	"""

	def load_from_db(self) -> Any:
		answer = super().load_from_db()
		setattr(self, AS_READ, State(self))
		return answer

	def load_doc_before_save(self, *, raise_exception: bool = False) -> None:
		super().load_doc_before_save(raise_exception=raise_exception)
		if raise_exception:  # what comes next is Frappe's comparison of the two
			self._follow()

	def _follow(self) -> None:
		"""Put the changes that are to be saved on top of the newest state, unless both changed the same field."""
		before, read = self.get_doc_before_save(), vars(self).get(AS_READ)
		if not before or not read or before.modified == self._original_modified:
			return
		was, found, wanted = read.values(self), State(before).values(self), State(self).values(self)
		changed = {key for key in was if wanted[key] != was[key]}
		if self._original_modified != read.modified or any(found[key] != was[key] for key in changed):
			return
		for key in found.keys() - changed:
			self.set(key, found[key], as_value=not isinstance(found[key], list))
		self._original_modified = before.modified
		for row in self.get_all_children():
			row.modified, row.modified_by = self.modified, self.modified_by

	def __getstate__(self) -> dict[str, Any]:
		state = super().__getstate__()
		state.pop(AS_READ, None)
		return state
