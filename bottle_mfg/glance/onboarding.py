"""The first five steps of a new factory. Each is done as soon as its documents exist, however they came to be.

Frappe ticks a step off where it was started from the step itself, in this browser; and keeps it for everybody.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.utils import nowdate

NAME = "Bottle Mfg"

_ONBOARDING, _STEP = "Module Onboarding", "Onboarding Step"


def _items() -> bool:
	return all(frappe.db.exists("Bottle Item", {"item_type": kind}) for kind in ("Preform", "Bottle"))


def _submitted(doctype: str) -> Callable[[], bool]:
	return lambda: bool(frappe.db.exists(doctype, {"docstatus": 1}))


def _sold_before() -> bool:
	"""Who sold something yesterday has seen what it brought."""
	return bool(frappe.db.exists("Bottle Sale", {"docstatus": 1, "date": ("<", nowdate())}))


STEPS: dict[str, Callable[[], bool]] = {
	"Bottle Enter Items": _items,
	"Bottle Buy Preforms": _submitted("Bottle Purchase"),
	"Bottle Blow Bottles": _submitted("Blow"),
	"Bottle Sell Bottles": _submitted("Bottle Sale"),
	"Bottle See Profit": _sold_before,
}


def catch_up() -> None:
	"""Tick off the steps that were taken. Once all are, this costs one look into a cache."""
	if frappe.get_cached_value(_ONBOARDING, NAME, "is_complete"):
		return
	kept = frappe.get_all(
		_STEP, filters={"name": ("in", list(STEPS))}, fields=["name", "is_complete", "is_skipped"]
	)
	left = [step.name for step in kept if not (step.is_complete or step.is_skipped)]
	taken = [name for name in left if STEPS[name]()]
	for name in taken:
		frappe.db.set_value(_STEP, name, "is_complete", 1, update_modified=False)
	if kept and len(taken) == len(left):
		frappe.db.set_value(_ONBOARDING, NAME, "is_complete", 1, update_modified=False)
