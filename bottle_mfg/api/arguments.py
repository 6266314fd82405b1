"""Reading what a client gives a method: each argument is what it has to be, or the answer is 422 and says which is not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NoReturn

import frappe
from frappe import _

from bottle_mfg.controllers.numbers import day
from bottle_mfg.errors import Fault, InvalidValueError, NotFoundError, throw

LONGEST_TEXT = 140

_TRUTHS = {True: True, False: False, "1": True, "0": False, "true": True, "false": False}


def refuse(name: str, sentence: str, kind: str) -> NoReturn:
	"""Raise `InvalidValueError` about one argument."""
	throw(InvalidValueError([Fault((name,), sentence, kind)]))


def text(name: str, value: Any) -> str:
	"""A text of at most 140 characters."""
	if not isinstance(value, str):
		refuse(name, _("{0} has to be text").format(name), "string")
	if len(value) > LONGEST_TEXT:
		refuse(name, _("{0} is too long").format(name), "string_too_long")
	return value


def texts(name: str, value: Any, most: int) -> list[str]:
	"""A list of at most so many texts; also as JSON text, or one bare text."""
	found = value
	if isinstance(value, str):
		found = from_json(value) if value.lstrip().startswith("[") else [value]
	if not isinstance(found, list) or len(found) > most or not all(isinstance(one, str) for one in found):
		refuse(name, _("{0} has to be a list of at most {1} texts").format(name, most), "list")
	return found


def truth(name: str, value: Any) -> bool:
	"""True or false; also as 1 or 0, or as text."""
	plain = value.strip().lower() if isinstance(value, str) else value
	if not isinstance(plain, bool | int | str) or plain not in _TRUTHS:
		refuse(name, _("{0} has to be true or false").format(name), "boolean")
	return _TRUTHS[plain]


def whole(name: str, value: Any, least: int, most: int) -> int:
	"""A whole number between two others; also as text."""
	plain = value.strip() if isinstance(value, str) else value
	if isinstance(plain, bool) or not isinstance(plain, int | str) or not str(plain).isdecimal():
		refuse(name, _("{0} has to be a whole number").format(name), "whole_number")
	if len(str(plain)) > len(str(most)) or not least <= int(plain) <= most:
		refuse(name, _("{0} has to be between {1} and {2}").format(name, least, most), "range")
	return int(plain)


def date_of(name: str, value: Any) -> date:
	"""A day as YYYY-MM-DD."""
	found = day(value) if isinstance(value, str | date) else None
	if found is None:
		refuse(name, _("{0} is not a date (YYYY-MM-DD)").format(name), "date")
	return found


def from_json(value: Any) -> Any:
	"""What JSON text stands for; anything else, and text that is no JSON, as it is."""
	if not isinstance(value, str):
		return value
	try:
		return json.loads(value)
	except (ValueError, RecursionError):
		return value


def require_read(doctype: str) -> None:
	"""Raise `PermissionError` where the user may read nothing of a DocType."""
	if not frappe.has_permission(doctype):
		frappe.throw(_("You may not read {0}.").format(_(doctype)), frappe.PermissionError)


def require_record(doctype: str, name: str) -> str:
	"""Raise `NotFoundError` where there is no such record."""
	if not frappe.db.exists(doctype, name):
		throw(NotFoundError(_("{0} {1} does not exist").format(_(doctype), name), doctype=doctype, name=name))
	return name
