"""The description as the site serves it."""

from __future__ import annotations

import json

import frappe
from frappe import _
from frappe.utils import get_url
from werkzeug.wrappers import Response

from bottle_mfg.api.openapi.document import document
from bottle_mfg.boot import may_open

_CACHE = "bottle_mfg_openapi"


@frappe.whitelist(methods=["GET"])
def openapi() -> Response:
	"""This description, as it stands, for the fields and methods of this site.

	Raises `PermissionError` for users with no part in the factory: it names the fields of a site's own.
	"""
	if not may_open():
		frappe.throw(_("You may not read the description of the API."), frappe.PermissionError)
	return Response(_text(), mimetype="application/json")


def _text() -> str:
	"""Kept until a migration or a customisation changes the meta of any DocType, which Frappe counts in one number."""
	version = [frappe.cache().get_value("metadata_version"), get_url()]
	known = frappe.cache().get_value(_CACHE)
	if version[0] and known and known[0] == version:
		return known[1]
	text = json.dumps(document(), sort_keys=False)
	frappe.cache().set_value(_CACHE, [version, text])
	return text
