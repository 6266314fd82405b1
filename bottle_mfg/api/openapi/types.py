"""From Python's type hints to JSON Schema."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from typing_extensions import NotRequired, Required, get_type_hints, is_typeddict

from bottle_mfg.api.openapi.kinds import component
from bottle_mfg.api.types import OfDocType

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
	Any: {},
	object: {},
	None: {"type": "null"},
	type(None): {"type": "null"},
	str: {"type": "string"},
	bool: {"type": "boolean"},
	int: {"type": "integer"},
	float: {"type": "number"},
	Decimal: {"type": "number"},
	date: {"type": "string", "format": "date"},
	list: {"type": "array"},
	dict: {"type": "object"},
}


class Types:
	"""Translates type hints; TypedDicts and dataclasses become entries of `components`, under their own names."""

	def __init__(self) -> None:
		self.components: dict[str, Schema] = {}

	def schema(self, hint: Any) -> Schema:
		"""The JSON Schema of a type hint. Raises `TypeError` for one that no JSON value can have."""
		try:
			return dict(_PLAIN[hint])
		except (KeyError, TypeError):
			pass
		if is_typeddict(hint):
			return self._component(hint, self._typed_dict)
		if dataclasses.is_dataclass(hint):
			return self._component(hint, self._dataclass)
		origin, arguments = get_origin(hint), get_args(hint)
		if origin is Annotated:
			return self._annotated(*arguments)
		if origin in (Union, types.UnionType):
			return self._union(arguments)
		if origin is Literal:
			return {"enum": list(arguments)}
		if origin in (list, Sequence, tuple):
			return {"type": "array", "items": self.schema(arguments[0])}
		if origin in (dict, Mapping):
			return {"type": "object", "additionalProperties": self.schema(arguments[1])}
		raise TypeError(f"no JSON Schema for {hint!r}")

	def _annotated(self, hint: Any, *notes: Any) -> Schema:
		for note in notes:
			if isinstance(note, OfDocType):
				return {"$ref": f"#/components/schemas/{component(note)}"}
		return self.schema(hint)

	def _union(self, hints: tuple[Any, ...]) -> Schema:
		schemas = [self.schema(hint) for hint in hints]
		if {} in schemas:
			return {}
		if all(set(schema) == {"type"} for schema in schemas):
			return {"type": [schema["type"] for schema in schemas]}
		return {"anyOf": schemas}

	def _component(self, hint: Any, describe: Callable[[Any], Schema]) -> Schema:
		name = hint.__name__.lstrip("_")
		if name not in self.components:
			self.components[name] = {}  # a type may contain itself
			self.components[name] = describe(hint) | _described(hint)
		return {"$ref": f"#/components/schemas/{name}"}

	def _typed_dict(self, hint: Any) -> Schema:
		# As text, a hint does not tell the class itself which keys it may lack.
		hints = get_type_hints(hint, include_extras=True)
		required = [
			key
			for key, one in hints.items()
			if get_origin(one) is Required or (hint.__total__ and get_origin(one) is not NotRequired)
		]
		return self._object({key: _bare(one) for key, one in hints.items()}, required)

	def _dataclass(self, hint: Any) -> Schema:
		required = [
			field.name
			for field in dataclasses.fields(hint)
			if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
		]
		return self._object(get_type_hints(hint, include_extras=True), required)

	def _object(self, hints: dict[str, Any], required: list[str]) -> Schema:
		schema: Schema = {
			"type": "object",
			"properties": {key: self.schema(one) for key, one in hints.items()},
		}
		return schema | ({"required": required} if required else {})


def _bare(hint: Any) -> Any:
	return get_args(hint)[0] if get_origin(hint) in (Required, NotRequired) else hint


def _described(hint: Any) -> Schema:
	text = inspect.cleandoc(hint.__doc__ or "")
	made_up = dataclasses.is_dataclass(hint) and text.startswith(f"{hint.__name__}(")
	return {"description": text} if text and not made_up else {}
