"""In which direction all that the app shows is written: Desk, shop floor, portal and prints."""

from __future__ import annotations

import frappe
from frappe.utils.jinja_globals import is_rtl

LTR, RTL = "ltr", "rtl"

RIGHT_TO_LEFT = ("ckb", "dv", "sd", "ug", "ur", "yi")
"""Languages written from the right that Frappe takes for others. The Desk's scripts have them from its boot data."""


def direction() -> str:
	"""The direction of the language that is read or printed in."""
	language = (frappe.local.lang or "en").split("-")[0]
	return RTL if is_rtl() or language in RIGHT_TO_LEFT else LTR
