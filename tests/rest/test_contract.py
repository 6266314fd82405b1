"""What is refused is refused alike on every route: JSON with a sentence and a code."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

CREATE = "method/bottle_mfg.api.v1.create_sale"
ITEMS = "resource/Bottle Item"

REFUSED: dict[str, tuple[str, str, dict[str, Any], int, str]] = {
	"an unknown DocType's list": ("GET", "resource/Bottle Nothing", {}, 404, "not_found"),
	"an unknown DocType's record": ("GET", "resource/Bottle Nothing/1", {}, 404, "not_found"),
	"a new one of no DocType": ("POST", "resource/Bottle Nothing", {"json": {}}, 404, "not_found"),
	"an unknown record": ("GET", f"{ITEMS}/none", {}, 404, "not_found"),
	"a verb for no list": ("DELETE", ITEMS, {}, 405, "wrong_verb"),
	"another": ("PATCH", ITEMS, {"json": {}}, 405, "wrong_verb"),
	"reading what writes": ("GET", CREATE, {}, 405, "wrong_verb"),
	"deleting a question": ("DELETE", "method/bottle_mfg.api.v1.availability", {}, 405, "wrong_verb"),
	"no JSON": (
		"POST",
		CREATE,
		{"data": "{", "headers": {"Content-Type": "application/json"}},
		400,
		"invalid_json",
	),
	"no JSON for a document": (
		"POST",
		ITEMS,
		{"data": "[1", "headers": {"Content-Type": "application/json"}},
		400,
		"invalid_json",
	),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("version", ["", "v1/"])
def test_refusals(case: str, version: str, manager: Client, has_v1_path: bool) -> None:
	verb, path, options, status, code = REFUSED[case]
	if version and not has_v1_path:
		status, code = {400: (400, code), 405: (405, code)}.get(status, (404, "not_found"))
		if path.startswith("method/") and status == 405:
			status, code = 404, "not_found"
	answer = manager.send(verb, f"{version}{path}", **options)
	assert error(answer, status)["code"] == code
	assert ("Allow" in answer.headers) == (status == 405)


def _speaks(manager: Client, version: str) -> bool:
	return manager.send("GET", f"{version}/{'resource' if version == 'v1' else 'document'}/Bottle Item").ok


@pytest.fixture(scope="module")
def has_v1_path(clients: dict[str, Client]) -> bool:
	"""Whether this engine knows the version in the path; Frappe before 15.0 did not."""
	return _speaks(clients["manager"], "v1")


@pytest.fixture(scope="module")
def has_v2_path(clients: dict[str, Client]) -> bool:
	return _speaks(clients["manager"], "v2")


def test_version_2(shared: Any, manager: Client, has_v2_path: bool) -> None:
	"""Where the engine has it, it answers alike; where not, it says so in the same form."""
	path = "v2/document/Bottle Sale"
	sale = {"customer": shared.customer, "warehouse": shared.warehouse, "docstatus": 1}
	short = sale | {"items": [shared.line(shared.bottle, 951, 4)]}
	wrong = sale | {"items": [shared.line(shared.bottle, -1, 4)]}
	if not has_v2_path:
		for answer in (manager.send("POST", path, json=short), manager.send("GET", f"{path}/none")):
			assert error(answer, 404)["code"] == "not_found"
		return
	body = error(manager.send("POST", path, json=short), 400)
	assert (body["code"], body["shortage"]) == ("insufficient_stock", 1)
	assert error(manager.send("POST", path, json=wrong), 422)["detail"][0]["loc"] == ["items", 0, "quantity"]
	assert error(manager.send("GET", f"{path}/none"), 404)["name"] == "none"
	assert error(manager.send("DELETE", path), 405)["code"] == "wrong_verb"
	made = manager.send("POST", path, json=sale | {"docstatus": 0, "items": wrong["items"][:0]})
	assert error(made, 422)["code"] == "invalid_value"
	asked = manager.send("POST", "v2/method/bottle_mfg.api.v1.create_sale", json={"submit": "maybe"})
	assert error(asked, 422)["detail"][0]["loc"] == ["submit"]


@pytest.mark.parametrize("doctype", ["Bottle Supplier", "Bottle Warehouse"])
def test_what_was_made_has_its_place(doctype: str, shop: Any, manager: Client) -> None:
	field = f"{doctype.split()[1].lower()}_name"
	answer = manager.insert(doctype, **{field: f"Made & sold {shop.tag}"})
	assert answer.status_code == 201
	path = answer.headers["Location"].removeprefix("/api/")
	assert data(manager.send("GET", path))["name"] == data(answer)["name"]
	assert manager.list(doctype).status_code == 200
	assert manager.change(doctype, data(answer)["name"], disabled=1).status_code == 200
