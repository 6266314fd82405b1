"""No name of ours is one that ERPNext has: both apps have to fit on one site, where these names are global."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "bottle_mfg"
TAKEN = Path(__file__).parent / "data" / "erpnext_names.txt"
GLOBAL = ("DocType", "Report", "Page", "Workspace", "Role", "Number Card", "Dashboard Chart", "Print Format")
OURS = ("bottle", "bottles", "blow")
"""The words that begin every name of ours. None of ERPNext's begins with one."""


def folder(name: str) -> str:
	"""A name as Frappe spells it in folders and web addresses: two names that read alike there would meet, too."""
	return name.lower().replace(" ", "_").replace("-", "_")


def taken() -> dict[str, set[str]]:
	names: dict[str, set[str]] = defaultdict(set)
	kind = ""
	for line in TAKEN.read_text().splitlines():
		if line.startswith("["):
			kind = line.strip("[]")
		elif line and not line.startswith("#"):
			names[kind].add(line)
	return names


def ours() -> dict[str, set[str]]:
	"""Our names by kind, from the files that Frappe reads them from; roles from the permission rows."""
	names: dict[str, set[str]] = defaultdict(set)
	for path in (APP / "bottle_mfg").rglob("*.json"):
		record = json.loads(path.read_text())
		if isinstance(record, dict) and record.get("doctype") in GLOBAL:
			names[record["doctype"]].add(record["name"])
		for row in record.get("permissions", []) if isinstance(record, dict) else []:
			names["Role"].add(row["role"])
	return names


@pytest.mark.parametrize("kind", GLOBAL)
def test_no_name_is_taken(kind: str) -> None:
	everywhere = set().union(*taken().values())
	met = {name for name in ours()[kind] if folder(name) in everywhere}
	assert not met


@pytest.mark.parametrize("kind", GLOBAL)
def test_every_name_is_told_by_its_first_word(kind: str) -> None:
	"""The list of ERPNext's names cannot be complete for good; this holds without it."""
	astray = {name for name in ours()[kind] if folder(name).split("_")[0] not in OURS}
	assert not astray


def test_the_lists_are_there() -> None:
	assert {"item", "customer", "stock_entry", "purchase_invoice", "work_order"} <= taken()["DocType"]
	assert {"Blow", "Bottle Sale", "Bottle Stock"} <= ours()["DocType"]
	assert ours()["Role"] == {"Bottle Manager", "Bottle Stock User", "Bottle Sales User", "Bottle Viewer"}
	assert ours()["Report"]
	assert ours()["Workspace"]
	for names in taken().values():
		assert not {name for name in names if name.split("_")[0] in OURS}
