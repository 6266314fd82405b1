"""The kinds of alerts, and whether the factory wants them. All from the cache of documents: asking costs no statement."""

from __future__ import annotations

from decimal import Decimal

import frappe

from bottle_mfg.controllers.numbers import stored

SETTINGS = "Bottle Mfg Settings"

LOW_STOCK, OVERDUE, REJECTS = "Low Stock", "Overdue", "Reject Rate"
COUNT_LOSS, CORRECTION = "Count Loss", "Correction"

STATES = (LOW_STOCK, OVERDUE)
"""Of what is so until it is over. The others happen once."""

SWITCHES = {
	LOW_STOCK: "alert_low_stock",
	OVERDUE: "alert_overdue",
	REJECTS: "alert_rejects",
	COUNT_LOSS: "alert_count_losses",
	CORRECTION: "alert_corrections",
}
"""The field of the settings that turns a kind on or off."""

LIMITS = {REJECTS: "reject_rate_above", COUNT_LOSS: "count_loss_above"}

BY_EMAIL = "alerts_by_email"

USUAL_REJECT_RATE = 10
"""Percent of the preforms: what settings begin with."""


def is_on(kind: str) -> bool:
	"""Whether people are to be told of a kind."""
	return bool(frappe.get_cached_doc(SETTINGS).get(SWITCHES[kind]))


def limit_of(kind: str) -> Decimal | None:
	"""Above what people are told: percent, or currency. None: never, as there is no limit or the kind is off."""
	return (stored(frappe.get_cached_doc(SETTINGS).get(LIMITS[kind])) or None) if is_on(kind) else None


def by_email() -> bool:
	"""Whether alerts are mailed, too."""
	return bool(frappe.get_cached_doc(SETTINGS).get(BY_EMAIL))
