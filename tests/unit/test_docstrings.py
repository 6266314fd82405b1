"""What the description of the API takes from docstrings."""

from __future__ import annotations

from bottle_mfg.api.openapi.docstrings import parse


def in_sections(one: str, two: int) -> None:
	"""Do it in
	two lines.

	What there is to
	know.

	Args:
	    one: a text; its
	        rest
	    two: a number

	Returns:
	    Nothing at
	    all.

	Raises:
	    `BusyError`: 503
	"""


def in_prose() -> None:
	"""Do it. Raises `NotFoundError`.

	More. Raises `BusyError` where it must.
	"""


def without() -> None: ...


def test_sections() -> None:
	said = parse(in_sections)
	assert (said.summary, said.description) == ("Do it in two lines", "What there is to\nknow.")
	assert said.arguments == {"one": "a text; its rest", "two": "a number"}
	assert (said.returns, said.raises) == ("Nothing at all.", "`BusyError`: 503")


def test_prose() -> None:
	said = parse(in_prose)
	assert said.summary == "Do it. Raises `NotFoundError`"
	assert (said.arguments, said.returns) == ({}, "")
	assert "`NotFoundError`" in said.raises and "`BusyError`" in said.raises


def test_none() -> None:
	assert parse(without).summary == ""
