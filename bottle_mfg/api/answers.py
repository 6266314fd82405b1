"""The last touch on refusals that concern this app: what Frappe says itself gets the keys of our own errors.

Frappe hands every response to `complete` (hook `after_request`). It changes JSON refusals of requests that name
one of our DocTypes or methods, whatever the route (/api/resource, /api/method, /api/v2, the Desk's own calls),
and leaves all others alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import strip_html
from werkzeug.wrappers import Request, Response

from bottle_mfg.errors import BusyError, Fault, InvalidValueError, NotFoundError

MODULE = "Bottle Mfg"
METHODS = "bottle_mfg."

_CODES = {
	"TimestampMismatchError": "changed_meanwhile",
	"UpdateAfterSubmitError": "submitted",
	"DocstatusTransitionError": "submitted",
	"LinkExistsError": "in_use",
	"CannotChangeConstantError": "constant",
	"DuplicateEntryError": "duplicate",
	"UniqueValidationError": "duplicate",
	"PermissionError": "not_permitted",
}
_BUSY = {"QueryDeadlockError", "QueryTimeoutError"}
_MISREAD = {
	"AttributeError",
	"DataError",
	"IndexError",
	"KeyError",
	"OverflowError",
	"ParserError",
	"ProgrammingError",
	"TypeError",
	"ValueError",
}
"""What Frappe 15 crashes with where the filters of a list make no sense."""
_NOT_LOGGED_IN = 401
_NOT_PERMITTED = 403
_NOT_FOUND = 404
_SERVER_ERROR = 500


def complete(response: Response | None = None, request: Request | None = None) -> None:
	"""Give a refusal its `detail` and `code`, and the status that DESIGN promises."""
	if response is None or response.status_code < 400 or response.mimetype != "application/json":
		return
	if not frappe.db or not _concerns_us(request):
		return
	body = json.loads(response.get_data())
	if "detail" not in body:
		response.status_code, keys = _explained(response.status_code, body, request)
		body |= keys
		response.set_data(json.dumps(body))
	if response.status_code == BusyError.http_status_code:
		response.headers["Retry-After"] = str(BusyError.retry_after)


def _explained(status: int, body: dict[str, Any], request: Request) -> tuple[int, dict[str, Any]]:
	"""The status and the keys of a refusal that is not one of our own errors."""
	kind = _exception(body)
	if kind in _BUSY:
		sentence = _("Somebody else is changing the same records. Please try again in a moment.")
		return BusyError.http_status_code, {"detail": sentence, "code": BusyError.code}
	if status >= _SERVER_ERROR and _malformed(request):
		return 400, {"detail": _("The body of the request is not valid JSON."), "code": "invalid_json"}
	if status >= _SERVER_ERROR and kind in _MISREAD and _asks_for_list(request):
		sentence = _("What is asked of the list, its fields, filters or order, cannot be understood.")
		return InvalidValueError.http_status_code, InvalidValueError([Fault((), sentence, "query")]).answer()
	if status == _NOT_LOGGED_IN or (status == _NOT_PERMITTED and frappe.session.user == "Guest"):
		return _NOT_LOGGED_IN, {"detail": _("Please log in first."), "code": "not_logged_in"}
	keys = {"detail": _sentence(status, body)}
	if status == _NOT_FOUND:
		return status, keys | _record(request) | {"code": NotFoundError.code}
	return status, keys | {"code": _CODES.get(kind, "error")}


def _exception(body: dict[str, Any]) -> str:
	"""The class of the exception, where Frappe says it: it depends on the version and the settings."""
	if body.get("errors"):
		return body["errors"][0].get("type", "")
	return body.get("exc_type") or body.get("exception", "").split(":")[0].split(".")[-1]


def _sentence(status: int, body: dict[str, Any]) -> str:
	"""What Frappe tells the user, as plain text."""
	for text in [*_messages(body), body.get("_error_message")]:
		plain = strip_html(text or "").strip()
		if plain:
			return plain
	if status == _NOT_PERMITTED:
		return _("You are not permitted to do this.")
	if status == _NOT_FOUND:
		return _("There is no such record.")
	return _("This is not possible.") if status < _SERVER_ERROR else _("Something went wrong on the server.")


def _messages(body: dict[str, Any]) -> Iterator[str]:
	"""The messages of version 2's and version 1's answers, the latest first."""
	for message in [*body.get("errors", []), *body.get("messages", [])]:
		yield message.get("message")
	for text in reversed(json.loads(body.get("_server_messages") or "[]")):
		yield json.loads(text).get("message")


def is_ours(doctype: str) -> bool:
	"""Whether a DocType is one of this app."""
	return frappe.db.get_value("DocType", doctype, "module") == MODULE


def _concerns_us(request: Request) -> bool:
	method, doctypes = _named(request)
	return method.startswith(METHODS) or any(is_ours(doctype) for doctype in doctypes)


def _named(request: Request) -> tuple[str, set[str]]:
	"""The method that a request calls, and the DocTypes that it names."""
	kind, *rest = [*_path(request), ""]
	form = frappe.local.form_dict
	method = rest[0] if kind == "method" else str(form.get("cmd") or "")
	names = [*rest[:1], form.get("doctype"), form.get("dt")]
	for key in ("doc", "docs", "document"):
		names += _doctypes(form.get(key))
	return method, {name for name in names if isinstance(name, str) and name}


def _doctypes(documents: Any) -> list[Any]:
	"""The DocTypes of a document or list of documents, which may be JSON text; or of a bare name, as it is."""
	if isinstance(documents, str):
		try:
			documents = json.loads(documents)
		except ValueError:
			return [documents]
	if isinstance(documents, dict):
		documents = [documents]
	if not isinstance(documents, list):
		return []
	return [document.get("doctype") for document in documents if isinstance(document, dict)]


def _path(request: Request) -> list[str]:
	"""The parts of the path behind /api and the version of the interface."""
	parts = request.path.strip("/").split("/")
	if parts[0] != "api":
		return []
	return parts[2:] if parts[1:2] in (["v1"], ["v2"]) else parts[1:]


def _record(request: Request) -> dict[str, str]:
	"""The record that was not found, where the request names it."""
	kind, *rest = [*_path(request), ""]
	if kind in ("resource", "document") and len(rest) > 2:
		return {"doctype": rest[0], "name": "/".join(rest[1:-1])}
	form = frappe.local.form_dict
	doctype = form.get("doctype") or form.get("dt")
	name = form.get("name") or form.get("dn")
	return {"doctype": doctype, "name": name} if doctype and name else {}


def _asks_for_list(request: Request) -> bool:
	return request.method == "GET" and [*map(bool, _path(request))] == [True, True]


def _malformed(request: Request) -> bool:
	if "application/json" not in (request.content_type or ""):
		return False
	try:
		return not isinstance(json.loads(request.get_data(as_text=True) or "{}"), dict)
	except (ValueError, RecursionError):
		return True
