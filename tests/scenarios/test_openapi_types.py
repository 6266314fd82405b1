"""From type hints to JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, TypedDict

import pytest
from typing_extensions import NotRequired

from bottle_mfg.api.openapi.types import Types
from bottle_mfg.api.types import OfDocType


class Line(TypedDict):
	"""A line."""

	item: str
	quantity: NotRequired[float]
	parts: list[Line]


@dataclass
class Box:
	size: int
	lines: list[Line] = field(default_factory=list)


@pytest.mark.parametrize(
	("hint", "schema"),
	[
		(Any, {}),
		(None, {"type": "null"}),
		(bool, {"type": "boolean"}),
		(date, {"type": "string", "format": "date"}),
		(str | None, {"type": ["string", "null"]}),
		(str | Any, {}),
		(list[int], {"type": "array", "items": {"type": "integer"}}),
		(dict[str, float], {"type": "object", "additionalProperties": {"type": "number"}}),
		(Literal["asc", "desc"], {"enum": ["asc", "desc"]}),
		(
			Literal["a"] | list[str] | None,
			{"anyOf": [{"enum": ["a"]}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
		),
		(Annotated[str, "a note"], {"type": "string"}),
		(Annotated[dict[str, Any], OfDocType("Bottle Sale")], {"$ref": "#/components/schemas/BottleSale"}),
	],
	ids=str,
)
def test_a_hint(hint: Any, schema: dict[str, Any]) -> None:
	assert Types().schema(hint) == schema


def test_what_has_a_name() -> None:
	types = Types()
	line = {"$ref": "#/components/schemas/Line"}
	assert types.schema(Box) == {"$ref": "#/components/schemas/Box"}
	assert types.components["Box"] == {
		"type": "object",
		"properties": {"size": {"type": "integer"}, "lines": {"type": "array", "items": line}},
		"required": ["size"],
	}
	assert types.components["Line"] == {
		"type": "object",
		"description": "A line.",
		"properties": {
			"item": {"type": "string"},
			"quantity": {"type": "number"},
			"parts": {"type": "array", "items": line},
		},
		"required": ["item", "parts"],
	}


def test_what_is_no_json() -> None:
	with pytest.raises(TypeError, match="complex"):
		Types().schema(complex)
