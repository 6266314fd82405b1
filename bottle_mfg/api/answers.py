"""The last touch on answers that concern this app: what Frappe refuses itself gets the keys of our own errors, and
what was made is answered with 201.

Frappe hands every response to `complete` (hook `after_request`). It changes JSON answers to requests that name
one of our DocTypes or methods, whatever the route (/api/resource, /api/method, /api/v2, the Desk's own calls),
and leaves all others alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import strip_html
from werkzeug.wrappers import Request, Response

from bottle_mfg.api.routes import METHODS, Route, route_of
from bottle_mfg.controllers.ours import is_ours
from bottle_mfg.errors import BusyError, Fault, InvalidValueError, NotFoundError, WrongVerbError

_CODES = {
	"TimestampMismatchError": "changed_meanwhile",
	"UpdateAfterSubmitError": "submitted",
	"DocstatusTransitionError": "submitted",
	"LinkExistsError": "in_use",
	"CannotChangeConstantError": "constant",
	"DuplicateEntryError": "duplicate",
	"UniqueValidationError": "duplicate",
	"PermissionError": "not_permitted",
	"CSRFTokenError": "csrf_token",
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
_NAMING = ("doctype", "dt", "parent", "parent_doctype", "reference_doctype", "ref_doctype", "reference_dt")
"""The arguments by which Frappe's methods are told a DocType."""
_OK = 200
_CREATED = 201
_NOT_LOGGED_IN = 401
_NOT_PERMITTED = 403
_NOT_FOUND = 404
_SERVER_ERROR = 500


def complete(response: Response | None = None, request: Request | None = None) -> None:
	"""Give what was made its place, and a refusal its `detail` and `code` and the status that DESIGN promises."""
	if response is None or request is None or response.mimetype != "application/json" or not frappe.db:
		return
	if response.status_code < 400:
		_created(response, request)
	elif _concerns_us(request):
		_refused(response, request)


def _created(response: Response, request: Request) -> None:
	"""Answer 201, and say where the new document is, to who made one by /api/resource or by a method of ours."""
	if request.method != "POST" or response.status_code not in (_OK, _CREATED):
		return
	route = route_of(request)
	if route.makes_document and is_ours(route.doctype):
		response.status_code = _CREATED
	if response.status_code == _CREATED:
		made = frappe.local.response.get("data") or frappe.local.response.get("message")
		doctype, name = (
			made.get(key) if isinstance(made, dict) else getattr(made, key, None)
			for key in ("doctype", "name")
		)
		if doctype and name:
			response.headers["Location"] = f"/api/resource/{quote(doctype)}/{quote(str(name))}"


def _refused(response: Response, request: Request) -> None:
	body = json.loads(response.get_data())
	if "detail" not in body:
		response.status_code, keys = _explained(response.status_code, body, request)
		body |= keys
	_tell_no_traceback(body)
	response.set_data(json.dumps(body))
	if response.status_code == BusyError.http_status_code:
		response.headers["Retry-After"] = str(BusyError.retry_after)
	if "retry_after" in body:
		response.headers["Retry-After"] = str(body["retry_after"])
	if "allow" in body:
		response.headers["Allow"] = body["allow"]


def _tell_no_traceback(body: dict[str, Any]) -> None:
	"""Leave of what went wrong inside its kind alone: the rest, SQL among it, stands in the site's Error Log.

	The keys stay: by `exc` the Desk's forms tell a refusal from an answer.
	"""
	kind = _exception(body)
	for error in body.get("errors") or []:
		error.pop("exception", None)
	if "exception" in body:
		body["exception"] = kind
	if "exc" in body:
		body["exc"] = json.dumps([kind])
	for inner in ("_exc_source", "_debug_messages"):
		body.pop(inner, None)


def _explained(status: int, body: dict[str, Any], request: Request) -> tuple[int, dict[str, Any]]:
	"""The status and the keys of a refusal that is not one of our own errors."""
	kind = _exception(body)
	if kind in _BUSY:
		sentence = _("Somebody else is changing the same records. Please try again in a moment.")
		return BusyError.http_status_code, {"detail": sentence, "code": BusyError.code}
	if status >= _SERVER_ERROR and _is_nobodys(request):
		doctype = _route(request).doctype
		sentence = _("There is no DocType {0}.").format(doctype)
		return _NOT_FOUND, {"detail": sentence, "code": NotFoundError.code, "doctype": doctype}
	if status >= _SERVER_ERROR and _malformed(request):
		return 400, {"detail": _("The body of the request is not valid JSON."), "code": "invalid_json"}
	if status >= _SERVER_ERROR and kind in _MISREAD and _asks_for_list(request):
		sentence = _("What is asked of the list, its fields, filters or order, cannot be understood.")
		return InvalidValueError.http_status_code, InvalidValueError([Fault((), sentence, "query")]).answer()
	if status == _NOT_LOGGED_IN or (status == _NOT_PERMITTED and frappe.session.user == "Guest"):
		return _NOT_LOGGED_IN, {"detail": _("Please log in first."), "code": "not_logged_in"}
	verbs = _verbs(request) if status == _NOT_PERMITTED else None
	if verbs and request.method not in verbs:
		sentence = _("{0} is not possible here.").format(request.method)
		code, allow = WrongVerbError.code, ", ".join(verbs)
		return WrongVerbError.http_status_code, {"detail": sentence, "code": code, "allow": allow}
	keys = {"detail": _sentence(status, body)}
	if status == _NOT_FOUND:
		return status, keys | _record(request) | {"code": NotFoundError.code}
	return status, keys | {"code": _CODES.get(kind, "error")}


def _exception(body: dict[str, Any]) -> str:
	"""The class of the exception, where Frappe says it: it depends on the version and the settings."""
	if body.get("errors"):
		return body["errors"][0].get("type", "")
	return body.get("exc_type") or _raised(body).split(":")[0].split(".")[-1]


def _raised(body: dict[str, Any]) -> str:
	"""The line of a traceback that begins with the class: the last one is not it where the text has several."""
	traceback = (json.loads(body.get("exc") or "[]") or [body.get("exception", "")])[-1]
	frames_and_text = traceback.rpartition("Traceback (most recent call last):")[2].split("\n")
	return next((line for line in frames_and_text if line and not line.startswith(" ")), "")


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


def _verbs(request: Request) -> list[str] | None:
	"""The HTTP methods that a method of ours may be called with; None where another one was called."""
	route = _route(request)
	if not route.is_our_method:
		return None
	try:
		function = frappe.get_attr(route.method)
	except (frappe.ValidationError, ImportError, AttributeError):
		return None
	return frappe.allowed_http_methods_for_whitelisted_func.get(function)


def _route(request: Request) -> Route:
	return route_of(request, str(frappe.local.form_dict.get("cmd") or ""))


def _concerns_us(request: Request) -> bool:
	method, doctypes = _named(request)
	return method.startswith(METHODS) or any(is_ours(doctype) for doctype in doctypes) or _is_nobodys(request)


def _is_nobodys(request: Request) -> bool:
	"""Whether a request for records names a DocType that there is not: nobody else will explain that."""
	doctype = _route(request).doctype
	return bool(doctype) and not frappe.db.get_value("DocType", doctype, "name")


def _named(request: Request) -> tuple[str, set[str]]:
	"""The method that a request calls, and the DocTypes that it names."""
	route, form = _route(request), frappe.local.form_dict
	names = [route.doctype, *(form.get(key) for key in _NAMING)]
	if isinstance(form.get("report_name"), str):
		names.append(frappe.db.get_value("Report", form.report_name, "ref_doctype"))
	for key in ("doc", "docs", "document"):
		names += _doctypes(form.get(key))
	return route.method, {name for name in names if isinstance(name, str) and name}


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


def _record(request: Request) -> dict[str, str]:
	"""The record that was not found, where the request names it."""
	route, form = _route(request), frappe.local.form_dict
	if route.doctype:
		return {"doctype": route.doctype, "name": route.record} if route.record else {}
	doctype = form.get("doctype") or form.get("dt")
	name = form.get("name") or form.get("dn")
	return {"doctype": doctype, "name": name} if doctype and name else {}


def _asks_for_list(request: Request) -> bool:
	return request.method == "GET" and _route(request).is_list


def _malformed(request: Request) -> bool:
	if "application/json" not in (request.content_type or ""):
		return False
	try:
		return not isinstance(json.loads(request.get_data(as_text=True) or "{}"), dict)
	except (ValueError, RecursionError):
		return True
