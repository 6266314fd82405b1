"""What the app tells Frappe about its DocTypes leaves none of them out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bottle_mfg import hooks

DOCTYPES = Path(__file__).parents[2] / "bottle_mfg" / "bottle_mfg" / "doctype"


def doctypes() -> Iterator[dict[str, Any]]:
	for path in sorted(DOCTYPES.glob("*/*.json")):
		yield json.loads(path.read_text())


def test_every_list_is_guarded() -> None:
	listed = {one["name"] for one in doctypes() if not one.get("issingle")}
	assert "Bottle Sale" in listed
	assert listed - hooks.permission_query_conditions.keys() == set()
