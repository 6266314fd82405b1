"""From DocTypes to components: what is answered of a kind, what makes one, what changes one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bottle_mfg.api.openapi.fields import MOMENT, answered, example, is_table, sent
from bottle_mfg.api.openapi.kinds import Kind, component

Schema = dict[str, Any]

_SAID_BY_CLIENTS = ("is_return", "return_against", "direction", "retry_of", "amended_from")
"""Read only on the form, where buttons fill them in; over the API they are sent."""
_STANDARD: dict[str, Schema] = {
	"name": {"type": ["string", "integer"], "description": "The name or number of the record."},
	"owner": {"type": "string", "description": "Who made it."},
	"creation": {"type": "string", "pattern": MOMENT, "examples": ["2026-11-22 09:30:00"]},
	"modified": {"type": "string", "pattern": MOMENT, "examples": ["2026-11-22 09:30:00"]},
	"modified_by": {"type": "string"},
	"docstatus": {"type": "integer", "enum": [0, 1, 2], "description": "0 draft, 1 submitted, 2 cancelled."},
}


def schemas(kinds: Iterable[Kind]) -> dict[str, Schema]:
	"""`components.schemas`: of each kind what is answered, what makes one and what changes one."""
	found: dict[str, Schema] = {}
	known = {kind.name: kind for kind in kinds}
	for kind in known.values():
		found[component(kind.name)] = _answered(kind)
		if kind.meta.istable or kind.who_may("create"):
			found[component(kind.name, "New")] = _new(kind) | {"examples": [_example(kind, known)]}
		if not kind.meta.istable and kind.who_may("write"):
			found[component(kind.name, "Change")] = _change(kind)
	return found


def _answered(kind: Kind) -> Schema:
	standard = _STANDARD if not kind.meta.istable else {"name": _STANDARD["name"], "idx": {"type": "integer"}}
	own = {
		field.fieldname: _table(field, "") if is_table(field) else answered(field) for field in kind.fields
	}
	return {"type": "object", "properties": {**standard, **own}}


def _table(field: Any, suffix: str) -> Schema:
	items = {"$ref": f"#/components/schemas/{component(field.options, suffix)}"}
	return {"type": "array", "items": items, "description": f"{field.label}."}


def _sendable(kind: Kind) -> dict[str, Schema]:
	found = {}
	for field in kind.fields:
		if not field.read_only or field.allow_on_submit or field.fieldname in _SAID_BY_CLIENTS:
			found[field.fieldname] = _table(field, "New") if is_table(field) else sent(field)
	return found


def _new(kind: Kind) -> Schema:
	properties = _sendable(kind)
	if kind.meta.istable:
		properties["name"] = {"type": "string", "description": "Of a line that is there already."}
	elif kind.meta.is_submittable:
		text = "1 submits it in the same request."
		properties["docstatus"] = {"type": "integer", "enum": [0, 1], "default": 0, "description": text}
	required = [
		field.fieldname
		for field in kind.fields
		if field.reqd and not field.default and field.fieldname not in kind.filled_in
	]
	for name in required:
		properties[name] = _needed(properties[name])
	return {"type": "object", "properties": properties} | ({"required": required} if required else {})


def _example(kind: Kind, known: dict[str, Kind]) -> dict[str, Any]:
	"""What a form asks for, but for the day and the place, which are nearly always the usual ones."""
	return {
		field.fieldname: [_example(known[field.options], known)] if is_table(field) else example(field)
		for field in kind.fields
		if (field.reqd or (is_table(field) and field.mandatory_depends_on))
		and field.fieldname not in ("date", "warehouse")
	}


def _needed(schema: Schema) -> Schema:
	"""Without null and the empty text, which count as no value; a table with a line at least."""
	if schema.get("type") == "array":
		return schema | {"minItems": 1}
	if "enum" in schema:
		return schema | {"enum": [one for one in schema["enum"] if one]}
	kinds = [kind for kind in schema["type"] if kind != "null"]
	return schema | {"type": kinds[0]} | ({"minLength": 1} if kinds == ["string"] else {})


def _change(kind: Kind) -> Schema:
	properties = _sendable(kind)
	if kind.meta.is_submittable:
		text = "1 submits a draft, 2 cancels what is submitted."
		properties["docstatus"] = {"type": "integer", "enum": [0, 1, 2], "description": text}
	text = "As it was read: then a change that somebody else made meanwhile is not overwritten."
	properties["modified"] = {"type": "string", "pattern": MOMENT, "description": text}
	return {"type": "object", "properties": properties}
