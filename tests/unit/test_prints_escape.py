"""No place of a print is left out of escaping. That it works, `tests/rest/test_prints.py` looks at on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PRINTS = Path(__file__).parents[2] / "bottle_mfg" / "templates" / "prints"
ESCAPED = re.compile(r"\{% autoescape true %\}.*?\{% endautoescape %\}", re.DOTALL)
OUTPUT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
AS_IT_IS = {"{{ letter_head | safe }}", "{{ footer | safe }}"}
"""HTML that an admin made a letter head of."""


def faults(text: str) -> list[str]:
	"""What a template shows that is not escaped. Where a page's number goes, tags stand in an escaped sentence."""
	bare = OUTPUT.findall(ESCAPED.sub("", text))
	trusted = [one for one in OUTPUT.findall(text) if re.search(r"\|\s*safe\b|Markup", one)]
	return bare + [one for one in trusted if one not in AS_IT_IS and "| e | replace" not in one]


SHOWING = [path for path in sorted(PRINTS.glob("*.html")) if OUTPUT.search(path.read_text())]


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: path.stem)
def test_all_that_is_shown_is_escaped(path: Path) -> None:
	text = path.read_text()
	assert faults(text) == []
	for start in (found.start() for found in re.finditer("autoescape true", text)):
		assert faults(text[:start] + text[start:].replace("autoescape true", "autoescape false", 1))
