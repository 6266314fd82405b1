"""From DocTypes to the operations of /api/resource that some role may use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from bottle_mfg.api.openapi import contract
from bottle_mfg.api.openapi.fields import is_table
from bottle_mfg.api.openapi.kinds import Kind, component

Schema = dict[str, Any]

_VALUE: Schema = {"type": ["string", "number"]}
_COMPARED: tuple[tuple[list[str], Schema], ...] = (
	(["=", "!=", ">", "<", ">=", "<="], _VALUE),
	(["like", "not like"], {"type": "string"}),
	(["in", "not in"], {"type": "array", "items": _VALUE, "minItems": 1}),
	(["is"], {"enum": ["set", "not set"]}),
)
"""The operators of filters, and what each of them compares with."""
_STANDARD = ("name", "owner", "creation", "modified", "modified_by", "docstatus")
_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def paths(kinds: Iterable[Kind]) -> Schema:
	"""`paths` of the kinds that stand on their own."""
	found: Schema = {}
	for kind in kinds:
		if kind.meta.istable:
			continue
		path = f"/api/resource/{quote(kind.name)}"
		if kind.meta.issingle:
			found[f"{path}/{quote(kind.name)}"] = _one(kind)
		else:
			found[path] = _all(kind)
			found[f"{path}/{{name}}"] = {"parameters": [_NAME], **_one(kind)}
	return {path: operations for path, operations in found.items() if set(operations) - {"parameters"}}


def parameters() -> Schema:
	"""`components.parameters` that operations share."""
	return {
		"IdempotencyKey": {
			"name": "Idempotency-Key",
			"in": "header",
			"schema": {"type": "string", "minLength": 1, "maxLength": 140, "pattern": "^[!-~]+$"},
			"description": (
				"A text of your own for this document, such as a UUID. The same key and content again brings "
				"the same document and answer; other content is refused with 409 `idempotency_conflict`."
			),
		}
	}


def _all(kind: Kind) -> Schema:
	operations = {}
	if kind.who_may("read"):
		parameters = {"parameters": _list_parameters(kind)}
		rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{component(kind.name)}"}}
		good = {"200": _data("The fields that were asked for, of each", rows)}
		operations["get"] = _operation(kind, "read", "list", "List", good) | parameters
	if kind.who_may("create"):
		words = "Make one, and submit it where docstatus is 1" if kind.meta.is_submittable else "Make one"
		made = _data("Made", _whole(kind)) | {"headers": contract.LOCATION}
		good = {"201": made, **_by_a_worker(kind)}
		operations["post"] = _operation(kind, "create", "insert", words, good) | _body(kind, "New")
		if kind.takes_keys:
			operations["post"]["parameters"] = [{"$ref": "#/components/parameters/IdempotencyKey"}]
	return operations


def _one(kind: Kind) -> Schema:
	operations = {}
	if kind.who_may("read"):
		good = {"200": _data("The record", _whole(kind))}
		operations["get"] = _operation(kind, "read", "read", "Read one", good)
	if kind.who_may("write"):
		words = "Change, submit or cancel one" if kind.meta.is_submittable else "Change one"
		good = {"200": _data("Changed", _whole(kind)), **_by_a_worker(kind)}
		operations["put"] = _operation(kind, "write", "change", words, good) | _body(kind, "Change")
	if kind.who_may("delete"):
		good = {"202": {"description": "Deleted", "content": contract.json_of({"type": "object"})}}
		operations["delete"] = _operation(kind, "delete", "delete", "Delete one", good)
	return operations


def _operation(kind: Kind, permission: str, verb: str, summary: str, good: Schema) -> Schema:
	statuses = contract.READING if permission == "read" else contract.WRITING
	return {
		"operationId": f"{verb}_{kind.name.lower().replace(' ', '_')}",
		"tags": [kind.name],
		"summary": summary,
		"description": f"Roles: {', '.join(kind.who_may(permission))}.",
		"responses": {**good, **contract.responses(statuses)},
	}


def _whole(kind: Kind) -> Schema:
	reference = {"$ref": f"#/components/schemas/{component(kind.name)}"}
	return {"allOf": [reference, {"type": "object", "required": ["name", "docstatus"]}]}


def _by_a_worker(kind: Kind) -> Schema:
	"""What is answered where a large correction of the past is left to a worker."""
	if not kind.meta.is_submittable:
		return {}
	schema = {"type": "object", "properties": {"correction": {"type": ["integer", "string"]}}}
	text = "A worker does it: `correction` names the Bottle Correction that shows how far it is."
	return {"202": {"description": text, "content": contract.json_of(schema)}}


def _data(description: str, schema: Schema) -> Schema:
	body = {"type": "object", "properties": {"data": schema}, "required": ["data"]}
	return {"description": description, "content": contract.json_of(body)}


def _body(kind: Kind, suffix: str) -> Schema:
	reference = {"$ref": f"#/components/schemas/{component(kind.name, suffix)}"}
	return {"requestBody": {"required": True, "content": contract.json_of(reference)}}


def _list_parameters(kind: Kind) -> list[Schema]:
	names = [*_STANDARD, *(field.fieldname for field in kind.fields if not is_table(field))]
	fields = {"type": "array", "items": {"enum": ["*", *names]}, "minItems": 1}
	filters = {"type": "array", "items": {"anyOf": [_filter(names, *one) for one in _COMPARED]}}
	order = "^(" + "|".join(names) + ") (asc|desc)$"
	return [
		_query("fields", "Which fields; `name` alone without it.", content=contract.json_of(fields)),
		_query("filters", 'Such as `[["date", ">=", "2026-11-01"]]`.', content=contract.json_of(filters)),
		_query("order_by", "Such as `date desc`.", schema={"type": "string", "pattern": order}),
		_query("limit_start", "How many to skip.", schema={"type": "integer", "minimum": 0, "default": 0}),
		_query(
			"limit_page_length",
			"How many at most.",
			schema={"type": "integer", "minimum": 1, "maximum": 1000, "default": 20},
		),
	]


def _filter(names: list[str], operators: list[str], value: Schema) -> Schema:
	triple = [{"enum": names}, {"enum": operators}, value]
	return {"type": "array", "prefixItems": triple, "items": False, "minItems": 3}


def _query(name: str, description: str, **what: Schema) -> Schema:
	return {"name": name, "in": "query", "description": description, **what}
