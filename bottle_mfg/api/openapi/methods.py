"""From whitelisted methods to operations: their signatures, type hints and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from typing_extensions import get_type_hints
from werkzeug.wrappers import Response

from bottle_mfg.api.openapi import contract
from bottle_mfg.api.openapi.docstrings import Docstring, parse
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
	said = parse(method.function)
	hints = get_type_hints(method.function, include_extras=True)
	returns = hints.pop("return", None)
	# A response of its own is sent as it is; all else becomes its message.
	answer = {"type": "object"} if returns is Response else _message(types.schema(returns))
	arguments = {
		name: _argument(types.schema(hints.get(name, Any)), one, said)
		for name, one in inspect.signature(method.function).parameters.items()
		if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
	}
	operations = {}
	for verb in sorted(method.verbs & {"GET", "POST"}):
		asked = {"parameters": _query(arguments)} if verb == "GET" else {"requestBody": _body(arguments)}
		operations[verb.lower()] = _common(method, verb, said) | asked | _responses(method, said, answer)
	if method.creates:
		operations["post"]["parameters"] = [KEY_PARAMETER]
	return operations


def _argument(schema: Schema, parameter: inspect.Parameter, said: Docstring) -> tuple[Schema, bool]:
	"""The schema of an argument, and whether it has to be there."""
	text = said.arguments.get(parameter.name)
	described = schema | ({"description": text} if text else {})
	if parameter.default in (parameter.empty, None):
		return described, parameter.default is parameter.empty
	return described | {"default": parameter.default}, False


def _common(method: Method, verb: str, said: Docstring) -> Schema:
	name = method.path.rsplit(".", 1)[-1]
	return {
		"operationId": name if verb == "POST" else f"{name}_by_get",
		"tags": [TAG],
		"summary": said.summary,
		"description": said.description,
	}


def _responses(method: Method, said: Docstring, answer: Schema) -> Schema:
	good = {"description": said.returns or "Done.", "content": contract.json_of(answer)}
	statuses = contract.WRITING if method.creates else contract.READING
	refused = contract.responses(tuple({*statuses, *contract.statuses_named(said.raises)}))
	done = {"201": good | {"headers": contract.LOCATION}, "202": good} if method.creates else {"200": good}
	return {"responses": done | refused}


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
	return {"content": contract.json_of(schema | ({"required": required} if required else {}))}


def _query(arguments: dict[str, tuple[Schema, bool]]) -> list[Schema]:
	return [_parameter(name, one, needed) for name, (one, needed) in arguments.items()]


def _parameter(name: str, schema: Schema, needed: bool) -> Schema:
	"""What is no plain value travels as JSON text."""
	plain = _without_null(schema)
	parameter: Schema = {"name": name, "in": "query", "required": needed}
	if isinstance(plain.get("type"), str) and plain["type"] not in ("array", "object"):
		return parameter | {"schema": plain}
	return parameter | {"content": contract.json_of(plain)}


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
