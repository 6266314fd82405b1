"""The whole description, of the site that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import frappe
from frappe.model.base_document import get_controller
from frappe.utils import get_url

from bottle_mfg import __version__
from bottle_mfg.api.openapi import components, contract, methods, routes, security
from bottle_mfg.api.openapi.kinds import Kind
from bottle_mfg.api.openapi.methods import Method
from bottle_mfg.api.openapi.types import Types
from bottle_mfg.controllers.client_document import ClientValues
from bottle_mfg.controllers.ours import MODULE

OPENAPI = "3.1.0"
VERSION_1 = "bottle_mfg.api.v1"

_ABOUT = """\
Stock, unit cost and profit of a water-bottle factory.

Whatever is done over this interface is checked as what is done on a form. Documents count when they are submitted
(`docstatus` 1). Computed fields are ignored where they are sent. Fields and filters of permission level 1 (costs,
prices paid, profit) are for who may see costs.

Sign in with an API key (`Authorization: token API_KEY:API_SECRET`, good until it is made anew), a bearer token of OAuth 2
(`Authorization: Bearer TOKEN`, good for an hour), or a session and its CSRF token.

Send an `Idempotency-Key` with what makes a document, the same in every attempt; wait `Retry-After` seconds after 429 and
503 and send the same again.

Refusals are JSON with `detail`, for people, and `code`, for programs; nothing was saved then. What Frappe adds for its
own Desk (`exc_type`, `_server_messages`) may stand beside them and is not to be relied on.
"""


def document() -> dict[str, Any]:
	"""The OpenAPI document.

	Raises `TypeError` where a method has a type hint that is no JSON, `ValueError` where a name means two things.
	"""
	kinds = list(_kinds())
	types = Types()
	calls = methods.paths(_methods(), types)
	return {
		"openapi": OPENAPI,
		"info": {
			"title": "Bottle Mfg",
			"version": __version__,
			"description": _ABOUT,
			"license": {"name": "MIT", "identifier": "MIT"},
		},
		"servers": [{"url": "/"}],
		"security": security.REQUIREMENTS,
		"tags": [{"name": methods.TAG}, *({"name": kind.name} for kind in kinds if not kind.meta.istable)],
		"paths": calls | routes.paths(kinds),
		"components": {
			"schemas": _together(contract.schemas(), types.components, components.schemas(kinds)),
			"parameters": routes.parameters(),
			"responses": contract.refusals(),
			"securitySchemes": security.schemes(get_url()),
		},
	}


def _together(*parts: dict[str, Any]) -> dict[str, Any]:
	found: dict[str, Any] = {}
	for part in parts:
		twice = found.keys() & part.keys()
		if twice:
			raise ValueError(f"two schemas of one name: {', '.join(sorted(twice))}")
		found |= part
	return found


def _kinds() -> Iterator[Kind]:
	for doctype in frappe.get_all("DocType", filters={"module": MODULE}, pluck="name", order_by="name"):
		controller = get_controller(doctype)
		filled_in = controller.filled_in() if issubclass(controller, ClientValues) else ()
		yield Kind(frappe.get_meta(doctype), frozenset(filled_in))


def _methods() -> Iterator[Method]:
	for name, function in sorted(vars(import_module(VERSION_1)).items()):
		if callable(function) and function in frappe.whitelisted and not name.startswith("_"):
			verbs = frappe.allowed_http_methods_for_whitelisted_func[function]
			yield Method(f"{VERSION_1}.{name}", function, frozenset(verbs), name.startswith("create_"))
