"""What a method's docstring says, in its parts."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import Any

_SECTION = re.compile(r"^(Args|Returns|Raises):\n((?:[ \t]+.*\n?|\n)*)", re.MULTILINE)
_ARGUMENT = re.compile(r"^(\w+): (.*(?:\n[ \t]+.*)*)", re.MULTILINE)


@dataclass
class Docstring:
	"""A sentence, more of it, and what is said of arguments, answer and errors."""

	summary: str = ""
	description: str = ""
	arguments: dict[str, str] = field(default_factory=dict)
	returns: str = ""
	raises: str = ""


def parse(function: Any) -> Docstring:
	"""The parts of a function's docstring; errors are also looked for in the text where no section has them."""
	text = inspect.cleandoc(function.__doc__ or "")
	sections = {name: inspect.cleandoc(body) for name, body in _SECTION.findall(text)}
	summary, _gap, rest = _SECTION.sub("", text).partition("\n\n")
	return Docstring(
		summary=_line(summary).rstrip("."),
		description=rest.strip(),
		arguments={name: _line(said) for name, said in _ARGUMENT.findall(sections.get("Args", ""))},
		returns=_line(sections.get("Returns", "")),
		raises=sections.get("Raises", text),
	)


def _line(text: str) -> str:
	return " ".join(text.split())
