"""How many requests a user may send to a route in a minute."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import frappe
import pytest
import requests
from frappe.utils.redis_wrapper import RedisWrapper

from bottle_mfg.api import limits
from bottle_mfg.api.routes import Route
from bottle_mfg.errors import TooManyRequestsError
from bottle_mfg.patches.v1_0 import set_requests_per_minute
from tests.conftest import limit_requests
from tests.rest.conftest import Client, error

METHOD = "bottle_mfg.api.v1.daily_summary"
LIMIT = 3

Send = Callable[[Client], requests.Response]


@pytest.fixture
def limit(db: Any) -> Iterator[int]:
	before = limit_requests(LIMIT)
	yield LIMIT
	db.rollback()
	limit_requests(before)


@pytest.fixture
def client(limit: int, manager: Client) -> Client:
	"""A manager who has asked for nothing yet."""
	frappe.cache().delete_keys("bottle_mfg_requests")
	return manager


ROUTES: dict[str, list[Send]] = {
	"a method, by all its addresses": [
		lambda client: client.call(METHOD),
		lambda client: client.send("GET", f"method/{METHOD}"),
		lambda client: client.send("POST", f"method/{METHOD}/more", json={}),
		lambda client: client.send("POST", "", json={"cmd": METHOD}),
	],
	"lists": [lambda client: client.list("Bottle Item")] * 4,
	"records, whichever": [
		lambda client: client.read("Bottle Item", "a"),
		lambda client: client.read("Bottle Item", "b/c"),
		lambda client: client.read("Bottle Item", "d"),
		lambda client: client.read("Bottle Item", "e"),
	],
	"inserts": [lambda client: client.insert("Bottle Sale")] * 4,
}


@pytest.mark.parametrize("route", ROUTES)
def test_the_first_that_is_too_many(route: str, client: Client) -> None:
	*within, beyond = ROUTES[route]
	assert 429 not in [send(client).status_code for send in within]
	answer = beyond(client)
	body = error(answer, 429)
	assert (body["code"], answer.headers["Retry-After"]) == ("too_many_requests", str(body["retry_after"]))
	assert 50 <= body["retry_after"] <= 60
	other = next(name for name in ROUTES if name != route)
	assert ROUTES[other][0](client).status_code != 429, "another route"


def test_others_are_not_kept_out(client: Client, sales2: Client, guest: Client) -> None:
	for _ in range(LIMIT + 1):
		last = client.call(METHOD)
	assert last.status_code == 429
	assert sales2.call(METHOD).status_code == 403
	statuses = [guest.call(METHOD).status_code for _ in range(LIMIT + 1)]
	assert statuses == [401] * LIMIT + [429], "guests are known by their address"


def test_what_the_desk_asks_is_not_counted(client: Client, url: str) -> None:
	client = Client(url).login("manager@bottle.test")  # a session that is given a token needs it from then on
	page = client.session.get(f"{client.url}/app", headers={"Accept": "text/html"}, timeout=60).text
	token = page.split('csrf_token = "')[1].split('"')[0]
	for sent, status in ((token, 200), ("another", 429)):
		headers = {"X-Frappe-CSRF-Token": sent}
		answers = [client.send("GET", f"method/{METHOD}", headers=headers) for _ in range(LIMIT + 1)]
		assert answers[-1].status_code == status
	assert client.send("GET", "method/frappe.client.get_count", params={"doctype": "Bottle Item"}).ok


def test_many_at_once_share_one_count(client: Client) -> None:
	ready = threading.Barrier(8)

	def ask(_: int) -> int:
		ready.wait()
		cookies, headers = client.session.cookies, {"Connection": "close"}
		return requests.post(
			f"{client.url}/api/method/{METHOD}", json={}, cookies=cookies, headers=headers, timeout=60
		).status_code

	with ThreadPoolExecutor(8) as pool:
		assert Counter(pool.map(ask, range(8))) == {200: LIMIT, 429: 8 - LIMIT}


def test_whoever_waits_as_long_as_he_was_told_may_go_on(
	limit: int, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr(limits, "WINDOW", 1000)
	route = Route("GET", method=f"bottle_mfg.{frappe.generate_hash(length=8)}")
	for _ in range(LIMIT):
		limits.count(route)
	with pytest.raises(TooManyRequestsError) as refused:
		limits.count(route)
	assert refused.value.keys == {"retry_after": 1}
	time.sleep(refused.value.keys["retry_after"])
	limits.count(route)


def test_without_redis_nobody_is_kept_out(limit: int, db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	assert limits.requests_per_minute() == LIMIT
	nobody_listens = RedisWrapper.from_url("redis://127.0.0.1:1")
	monkeypatch.setattr(frappe, "cache", nobody_listens)
	for _ in range(LIMIT + 1):
		limits.count(Route("GET", method=METHOD))


@pytest.mark.parametrize(("before", "after"), [(None, 100), (0, 0), (7, 7)])
def test_the_patch_gives_settings_of_the_version_before_the_usual_limit(
	before: int | None, after: int, db: Any
) -> None:
	settings, field = "Bottle Mfg Settings", "requests_per_minute"
	db.delete("Singles", {"doctype": settings, "field": field})
	if before is not None:
		db.set_single_value(settings, field, before)
	set_requests_per_minute.execute()
	assert int(db.get_singles_dict(settings)[field]) == after
