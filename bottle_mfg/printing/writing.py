"""Names and addresses as the engine of prints can take them."""

from __future__ import annotations

from bottle_mfg.direction import RTL, direction

_MARK = "\u200f"


def begun(text: str) -> str:
	"""A text of somebody's as a line of its own.

	wkhtmltopdf as Debian builds it puts a line that begins with Arabic letters beside the paper, unless a mark of
	the direction stands first.
	"""
	return f"{_MARK}{text}" if text and direction() == RTL else text
