"""The first five steps of a new factory. Each is done as soon as its documents exist, however they came to be.

Frappe ticks a step off where it was started from the step itself, in this browser. It keeps that for everybody, and
shows what is kept: newer releases in several places, by GET, of which they keep nothing. So what is kept is made true
when it becomes true: after the commit of a document, at midnight, after a migration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import nowdate

from bottle_mfg.alerts import afterwards

NAME = "Bottle Mfg"

_ONBOARDING, _STEP = "Module Onboarding", "Onboarding Step"


@dataclass(frozen=True)
class Step:
	"""What takes a step: a document of this type may have done it; whether it is taken, the database says."""

	doctype: str
	is_taken: Callable[[], bool]


def _items() -> bool:
	return all(frappe.db.exists("Bottle Item", {"item_type": kind}) for kind in ("Preform", "Bottle"))


def _submit(doctype: str) -> Step:
	return Step(doctype, lambda: bool(frappe.db.exists(doctype, {"docstatus": 1})))


def _sold_before() -> bool:
	"""Who sold something yesterday has seen what it brought."""
	return bool(frappe.db.exists("Bottle Sale", {"docstatus": 1, "date": ("<", nowdate())}))


STEPS: dict[str, Step] = {
	"Bottle Enter Items": Step("Bottle Item", _items),
	"Bottle Buy Preforms": _submit("Bottle Purchase"),
	"Bottle Blow Bottles": _submit("Blow"),
	"Bottle Sell Bottles": _submit("Bottle Sale"),
	"Bottle See Profit": Step("Bottle Sale", _sold_before),
}


def note(doc: Any, method: str | None = None) -> None:
	"""Hook `doc_events`: see after the commit which steps the document took, or which of them an admin has reset.

	Once a step is taken, its documents cost one look into a cache. Nothing is written in their own transaction: who
	submits at the same time would wait there for the others.
	"""
	concerned = [name for name, step in STEPS.items() if doc.doctype == step.doctype or doc.name == name]
	left = [name for name in concerned if not frappe.get_cached_value(_STEP, name, "is_complete")]
	if left:
		afterwards.after_commit(lambda: _look(left))


def _look(names: Collection[str]) -> None:
	with afterwards.looking():
		catch_up(names)
	for name in names:
		# Somebody may have put into the cache what was true before the commit.
		frappe.clear_document_cache(_STEP, name)


def catch_up(names: Collection[str] = tuple(STEPS)) -> None:
	"""Tick off those of the steps that were taken, and the whole when none is left. The caller commits."""
	open_steps = frappe.get_all(_STEP, filters={"name": ("in", names), "is_complete": 0}, pluck="name")
	taken = [name for name in STEPS if name in open_steps and STEPS[name].is_taken()]
	# In the order of Frappe's *Reset*: of two who write at once the second waits, and none has to go back.
	if not _left(taken) and not frappe.db.get_value(_ONBOARDING, NAME, "is_complete"):
		frappe.db.set_value(_ONBOARDING, NAME, "is_complete", 1, update_modified=False)
	for name in taken:
		frappe.db.set_value(_STEP, name, "is_complete", 1, update_modified=False)


def _left(taken: Collection[str]) -> bool:
	"""Whether steps are left beside those: an admin may have skipped some, and added others."""
	steps = frappe.get_all("Onboarding Step Map", filters={"parent": NAME}, pluck="step")
	left = {"name": ("in", steps), "is_complete": 0, "is_skipped": 0}
	return bool(set(frappe.get_all(_STEP, filters=left, pluck="name")) - set(taken)) or not steps
