"""Sites from before documents entered twice were warned of: they get the number of days that new sites begin with."""

from __future__ import annotations

import frappe

from bottle_mfg.controllers.duplicates import USUAL_DAYS

SETTINGS = "Bottle Mfg Settings"


def execute() -> None:
	"""Set it, unless somebody has: saving the settings would make 0 of what was never set."""
	if not frappe.db.sql(
		"select 1 from tabSingles where doctype = %s and field = 'duplicate_days'", SETTINGS
	):
		frappe.db.set_single_value(SETTINGS, "duplicate_days", USUAL_DAYS)
