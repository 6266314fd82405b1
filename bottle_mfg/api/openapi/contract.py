"""What a client is told when something is wrong, the same for every operation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from bottle_mfg import errors

Schema = dict[str, Any]

RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 0}}}
LOCATION = {"Location": {"description": "Where the new document is", "schema": {"type": "string"}}}

_TITLES = {
	"400": "Not enough stock, or no JSON",
	"401": "Not logged in, or a token that is wrong or over",
	"403": "Not permitted",
	"404": "Something that the request names does not exist",
	"409": "At odds with what is there",
	"417": "Refused by Frappe itself",
	"422": "Invalid values: every fault at once",
	"429": "Too many requests",
	"503": "Others are at the same goods; the same request may be sent again",
}
_SCHEMAS = {"400": "InsufficientStock", "404": "NotFound", "422": "InvalidValue"}
_ANYWHERE = ("401", "403", "429", "503")
READING = (*_ANYWHERE, "400", "404", "417", "422")
WRITING = (*READING, "409")


def responses(statuses: tuple[str, ...]) -> Schema:
	"""References to the refusals that an operation may answer with."""
	return {status: {"$ref": f"#/components/responses/Refusal{status}"} for status in sorted(statuses)}


def refusals() -> Schema:
	"""`components.responses`: one for each status."""
	statuses = {*_TITLES, *(str(one.http_status_code) for one in _kinds(errors.BottleError))}
	return {f"Refusal{status}": _refusal(status) for status in sorted(statuses)}


def schemas() -> dict[str, Schema]:
	"""`components.schemas`: what the bodies of refusals hold."""
	amount = {"type": "number"}
	text = {"type": "string"}
	shortage = {
		"item_id": text,
		"warehouse": text,
		"available": amount,
		"requested": amount,
		"shortage": amount,
	}
	fault = {
		"loc": {"type": "array", "items": {"type": ["string", "integer"]}},
		"msg": text,
		"type": {"type": "string", "description": "The kind of fault, for programs"},
	}
	return {
		"Error": _error({}, "Other keys hold the figures of the error."),
		"Shortage": _object(shortage, [*shortage]),
		"InsufficientStock": _error(
			{**shortage, "shortages": _array("Shortage")},
			"The figures of the first short item; `shortages` has all. None of them with code `invalid_json`.",
		),
		"NotFound": _error(
			{"doctype": text, "name": {"type": ["string", "integer"]}}, "What does not exist."
		),
		"Fault": _object(fault, [*fault]),
		"InvalidValue": _object(
			{"detail": _array("Fault"), "code": text}, ["detail", "code"], "Nothing was saved."
		),
	}


def statuses_named(docstring: str) -> tuple[str, ...]:
	"""The statuses of the errors that a docstring names in backticks."""
	known = {one.__name__: str(one.http_status_code) for one in _kinds(errors.BottleError)}
	return tuple({known[name] for name in re.findall(r"`(\w+)`", docstring) if name in known})


def json_of(schema: Schema) -> Schema:
	"""The content of a body that is JSON of this schema."""
	return {"application/json": {"schema": schema}}


def _refusal(status: str) -> Schema:
	codes: dict[str, type[errors.BottleError]] = {}
	for one in _kinds(errors.BottleError):
		if str(one.http_status_code) == status:
			codes.setdefault(one.code, one)
	lines = [_TITLES.get(status, "Not possible") + "."]
	lines += [f"- `{code}`: {_meaning(codes[code])}" for code in sorted(codes) if code != "error"]
	schema = {"$ref": f"#/components/schemas/{_SCHEMAS.get(status, 'Error')}"}
	answer: Schema = {"description": "\n".join(lines), "content": json_of(schema)}
	return answer | ({"headers": RETRY_AFTER} if status in ("429", "503") else {})


def _kinds(kind: type[errors.BottleError]) -> Iterator[type[errors.BottleError]]:
	yield kind
	for one in kind.__subclasses__():
		yield from _kinds(one)


def _meaning(kind: type[errors.BottleError]) -> str:
	own = inspect.cleandoc(kind.__dict__.get("__doc__") or "")
	return own.split("\n")[0] or f"{kind.title}."


def _error(properties: Schema, description: str) -> Schema:
	detail = {"type": "string", "description": "A sentence for people"}
	code = {"type": "string", "description": "Stable, for programs"}
	return _object({"detail": detail, "code": code, **properties}, ["detail", "code"], description)


def _object(properties: Schema, required: list[str], description: str = "") -> Schema:
	schema: Schema = {"type": "object", "properties": properties, "required": required}
	return schema | ({"description": description} if description else {})


def _array(component: str) -> Schema:
	return {"type": "array", "items": {"$ref": f"#/components/schemas/{component}"}}
