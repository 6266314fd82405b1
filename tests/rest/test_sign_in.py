"""Who a program says it is: API keys and Frappe's OAuth 2, and what is told to who says it wrong or too late."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.conftest import PASSWORD
from tests.rest.conftest import BACK, Client, data, error, token

OAUTH = "method/frappe.integrations.oauth2"
AVAILABILITY = "bottle_mfg.api.v1.availability"
DAY = 24 * 60 * 60
SALES = "sales@bottle.test"


def ask(url: str, app: Any, grant_type: str, **form: str) -> requests.Response:
	"""Frappe's answer to who asks for a token."""
	form |= {"grant_type": grant_type, "client_id": app.client_id}
	return Client(url).send("POST", f"{OAUTH}.get_token", data=form)


@pytest.fixture
def tokens(url: str, app: Any) -> dict[str, Any]:
	"""What Frappe gives for a user's name and password."""
	answer = ask(url, app, "password", username=SALES, password=PASSWORD, scope="all")
	assert answer.status_code == 200, answer.text
	return answer.json()


def bearer(url: str, tokens: dict[str, Any]) -> Client:
	return Client(url, Authorization=f"Bearer {tokens['access_token']}")


def is_sales(client: Client, shared: Any) -> None:
	"""He may do what the user may, and nothing else, over all routes."""
	(row,) = data(client.call(AVAILABILITY, items=[shared.bottle], warehouse=shared.warehouse))
	assert (row["quantity"], "unit_cost" in row) == (950, False)
	assert data(client.list("Bottle Item", filters=[["name", "=", shared.bottle]])) == [
		{"name": shared.bottle}
	]
	made = data(client.insert("Bottle Customer", customer_name=f"{shared.tag} {id(client)}"))
	assert made["owner"] == SALES
	assert error(client.list("Bottle Purchase"), 403)["code"] == "not_permitted"


def is_nobody(client: Client) -> None:
	for answer in (
		client.call(AVAILABILITY, items=[]),
		client.list("Bottle Item"),
		client.insert("Bottle Customer", customer_name="Nobody"),
		client.send("GET", "method/bottle_mfg.api.v1.openapi"),
	):
		assert error(answer, 401)["code"] == "not_logged_in"


def test_an_api_key(shared: Any, url: str, site: str) -> None:
	is_sales(Client(url, Authorization=token(SALES)), shared)


def test_a_new_key_ends_the_old_one(shared: Any, url: str, site: str) -> None:
	old = Client(url, Authorization=token(SALES))
	is_sales(Client(url, Authorization=token(SALES)), shared)
	is_nobody(old)


def test_a_password_for_a_token(tokens: dict[str, Any], shared: Any, url: str) -> None:
	assert tokens["token_type"] == "Bearer"
	assert 0 < tokens["expires_in"] <= DAY
	is_sales(bearer(url, tokens), shared)


def test_a_wrong_password(app: Any, url: str) -> None:
	answer = ask(url, app, "password", username=SALES, password="wrong", scope="all")
	assert answer.status_code in (400, 401)
	assert "access_token" not in answer.json()


def test_a_refreshed_token(tokens: dict[str, Any], app: Any, shared: Any, url: str) -> None:
	answer = ask(url, app, "refresh_token", refresh_token=tokens["refresh_token"])
	assert answer.status_code == 200, answer.text
	fresh = answer.json()
	assert fresh["access_token"] != tokens["access_token"]
	assert 0 < fresh["expires_in"] <= DAY
	is_sales(bearer(url, fresh), shared)


def authorized(url: str, app: Any, verifier: str) -> str:
	"""The code that a logged-in user's browser brings back to the program."""
	digest = hashlib.sha256(verifier.encode()).digest()
	challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
	asked = {"client_id": app.client_id, "response_type": "code", "redirect_uri": BACK, "scope": "all"}
	asked |= {"code_challenge": challenge, "code_challenge_method": "S256", "state": "28"}
	browser = Client(url).login(SALES)
	answer = browser.send("GET", f"{OAUTH}.authorize", params=asked, allow_redirects=False)
	while not answer.headers["Location"].startswith(BACK):
		path = answer.headers["Location"].partition("/api/")[2]
		answer = browser.send("GET", path, allow_redirects=False)
	brought = parse_qs(urlsplit(answer.headers["Location"]).query)
	assert brought["state"] == ["28"]
	return brought["code"][0]


def test_a_code_for_a_token(app: Any, shared: Any, url: str) -> None:
	verifier = "preform-28-mm-" * 4
	code = authorized(url, app, verifier)
	answer = ask(url, app, "authorization_code", code=code, redirect_uri=BACK, code_verifier=verifier)
	assert answer.status_code == 200, answer.text
	assert 0 < answer.json()["expires_in"] <= DAY
	is_sales(bearer(url, answer.json()), shared)


def test_a_code_is_of_no_use_to_others(app: Any, url: str) -> None:
	code = authorized(url, app, "preform-28-mm-" * 4)
	answer = ask(url, app, "authorization_code", code=code, redirect_uri=BACK, code_verifier="x" * 56)
	assert answer.status_code in (400, 401)
	assert "access_token" not in answer.json()


def test_a_token_that_is_over(tokens: dict[str, Any], url: str, db: Any) -> None:
	kept = ("OAuth Bearer Token", tokens["access_token"])
	seconds = (db.get_value(*kept, "expiration_time") - db.get_value(*kept, "creation")).total_seconds()
	assert 0 < seconds <= DAY
	db.set_value(*kept, "expiration_time", "2026-01-01 00:00:00")
	db.commit()
	is_nobody(bearer(url, tokens))


def test_a_token_that_was_given_back(tokens: dict[str, Any], app: Any, url: str) -> None:
	answer = Client(url).send("POST", f"{OAUTH}.revoke_token", data={"token": tokens["access_token"]})
	assert answer.status_code == 200, answer.text
	is_nobody(bearer(url, tokens))


@pytest.mark.parametrize(
	"header", ["Bearer nonsense", "token a:b", "token nonsense", "Basic bm9ib2R5OndyaXRl"]
)
def test_what_was_never_given(header: str, url: str) -> None:
	is_nobody(Client(url, Authorization=header))
