"""The direction in which prints and the portal are written."""

from __future__ import annotations

import frappe
from frappe.utils.jinja_globals import is_rtl

LTR, RTL = "ltr", "rtl"

_MORE = ("ur",)
"""Languages written from the right, beside those that Frappe knows of."""

_MARK = "\u200f"


def direction() -> str:
	"""The direction of the language that is read or printed in."""
	return RTL if is_rtl() or frappe.local.lang.startswith(_MORE) else LTR


def begun(text: str) -> str:
	"""A text of somebody's as a line of its own.

	wkhtmltopdf as Debian builds it puts a line that begins with Arabic letters beside the paper, unless a mark of
	the direction stands first.
	"""
	return f"{_MARK}{text}" if text and direction() == RTL else text
