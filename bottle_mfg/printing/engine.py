"""What makes a page of paper out of HTML: a browser, or wkhtmltopdf, of which there are two builds."""

from __future__ import annotations

import subprocess

import frappe

_KEPT = 3600
"""Seconds that the answer of a program is remembered."""

_SHOWN = ("/printview", "frappe.www.printview.get_html_and_style")


def breaks_pages() -> bool:
	"""Whether the engine of this print repeats a table's head, keeps rows whole and numbers pages.

	Browsers do, and wkhtmltopdf as its makers build it. The one that Debian builds does not: for it pages are broken
	before.
	"""
	request = getattr(frappe.local, "request", None)
	if request and request.path.endswith(_SHOWN):
		return True
	return frappe.form_dict.get("pdf_generator") == "chrome" or _is_patched()


def _is_patched() -> bool:
	key = "bottle_mfg_wkhtmltopdf"
	said = frappe.cache().get_value(key, expires=True)
	if said is None:
		said = _version()
		frappe.cache().set_value(key, said, expires_in_sec=_KEPT)
	return "patched" in said


def _version() -> str:
	try:
		asked = ["wkhtmltopdf", "--version"]
		return subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True).stdout
	except (OSError, subprocess.SubprocessError):
		return ""
