"""Sites from before there were alerts: they get those that new sites begin with, for an unset check is off."""

from __future__ import annotations

import frappe

from bottle_mfg.alerts.kinds import BY_EMAIL, LIMITS, REJECTS, SETTINGS, SWITCHES, USUAL_REJECT_RATE

BEGINNING = {**dict.fromkeys((*SWITCHES.values(), BY_EMAIL), 1), LIMITS[REJECTS]: USUAL_REJECT_RATE}


def execute() -> None:
	"""Set what nobody has set: saving the settings would make 0 of what was never set."""
	there = frappe.db.get_singles_dict(SETTINGS)
	for field, value in BEGINNING.items():
		if field not in there:
			frappe.db.set_single_value(SETTINGS, field, value)
