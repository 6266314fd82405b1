"""Sites that had the app before there were expenses get the categories that new sites begin with."""

from __future__ import annotations

import frappe

from bottle_mfg.install import make_categories


def execute() -> None:
	"""Make them, unless somebody was faster."""
	if not frappe.db.count("Bottle Expense Category"):
		make_categories()
