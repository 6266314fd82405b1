"""From whitelisted methods to operations: their signatures, type hints and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from typing_extensions import get_type_hints
from werkzeug.wrappers import Response

from bottle_mfg.api.openapi import contract
from bottle_mfg.api.openapi.types import Schema, Types

TAG = "Daily jobs"
KEY_PARAMETER = {"$ref": "#/components/parameters/IdempotencyKey"}


@dataclass(frozen=True)
class Method:
	"""A method that clients may call at /api/method/`path`."""

	path: str
	function: Callable[..., Any]
	verbs: frozenset[str]
	creates: bool = False
	"""Whether it makes a document: 201, and an Idempotency-Key."""


def paths(methods: Iterable[Method], types: Types) -> Schema:
	"""`paths` of the methods. Raises `TypeError` where a type hint has no JSON Schema."""
	return {f"/api/method/{one.path}": _operations(one, types) for one in methods}


def _operations(method: Method, types: Types) -> Schema:
	hints = get_type_hints(method.function)
	returns = hints.pop("return", None)
	# A response of its own is sent as it is; all else becomes its message.
	answer = {"type": "object"} if returns is Response else _message(types.schema(returns))
	arguments = {
		name: (types.schema(hints.get(name, Any)), one.default is inspect.Parameter.empty)
		for name, one in inspect.signature(method.function).parameters.items()
		if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
	}
	operations = {}
	for verb in sorted(method.verbs & {"GET", "POST"}):
		asked = {"parameters": _query(arguments)} if verb == "GET" else {"requestBody": _body(arguments)}
		operations[verb.lower()] = _common(method, verb, answer) | asked
	if method.creates:
		operations["post"]["parameters"] = [KEY_PARAMETER]
	return operations


def _common(method: Method, verb: str, answer: Schema) -> Schema:
	text = inspect.cleandoc(method.function.__doc__ or "")
	summary, _gap, rest = text.partition("\n\n")
	name = method.path.rsplit(".", 1)[-1]
	statuses = contract.WRITING if method.creates else contract.READING
	good = {"description": "Made" if method.creates else "Done", "content": _json(answer)}
	return {
		"operationId": name if verb == "POST" else f"{name}_by_get",
		"tags": [TAG],
		"summary": " ".join(summary.split()).rstrip("."),
		"description": rest,
		"responses": {
			"201" if method.creates else "200": good,
			**contract.responses((*{*statuses, *contract.statuses_named(text)},)),
		},
	}


def _message(answer: Schema) -> Schema:
	"""Frappe leaves out a message that is null."""
	kinds = answer.get("type", ())
	may_lack = not answer or "null" in ([kinds] if isinstance(kinds, str) else kinds)
	may_lack = may_lack or {"type": "null"} in answer.get("anyOf", ())
	schema: Schema = {"type": "object", "properties": {"message": answer}}
	return schema if may_lack else schema | {"required": ["message"]}


def _body(arguments: dict[str, tuple[Schema, bool]]) -> Schema:
	schema: Schema = {"type": "object", "properties": {name: one for name, (one, _) in arguments.items()}}
	required = [name for name, (_, needed) in arguments.items() if needed]
	return {"content": _json(schema | ({"required": required} if required else {}))}


def _query(arguments: dict[str, tuple[Schema, bool]]) -> list[Schema]:
	return [_parameter(name, one, needed) for name, (one, needed) in arguments.items()]


def _parameter(name: str, schema: Schema, needed: bool) -> Schema:
	"""What is no plain value travels as JSON text."""
	plain = _without_null(schema)
	parameter: Schema = {"name": name, "in": "query", "required": needed}
	if isinstance(plain.get("type"), str) and plain["type"] not in ("array", "object"):
		return parameter | {"schema": plain}
	return parameter | {"content": _json(plain)}


def _without_null(schema: Schema) -> Schema:
	"""In a query, null is a parameter that is not there; and text is what JSON text is anyway."""
	kinds = schema.get("type")
	if isinstance(kinds, list):
		left = [kind for kind in kinds if kind != "null"]
		return schema | {"type": left[0] if len(left) == 1 else left}
	choices = schema.get("anyOf")
	if not choices:
		return schema
	left = [one for one in choices if one not in ({"type": "null"}, {"type": "string"})]
	return left[0] if len(left) == 1 else {"anyOf": left}


def _json(schema: Schema) -> Schema:
	return {"application/json": {"schema": schema}}
