"""The limit of requests came later than the settings, in which an empty number becomes a zero: no limit."""

from __future__ import annotations

import frappe

from bottle_mfg.api.limits import USUAL_LIMIT

SETTINGS = "Bottle Mfg Settings"
FIELD = "requests_per_minute"


def execute() -> None:
	"""Write the usual limit into settings that have none."""
	if not frappe.db.get_singles_dict(SETTINGS).get(FIELD):
		frappe.db.set_single_value(SETTINGS, FIELD, USUAL_LIMIT)
