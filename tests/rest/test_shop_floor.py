"""The methods and the page of the screen at the machines: who may use them, and that a count is one Blow at its own time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from frappe.utils import add_days, nowdate
from frappe.utils.data import get_system_timezone

from tests.rest.conftest import Client, data, error

V1 = "bottle_mfg.api.v1"
ENTER = f"{V1}.create_shop_floor_blow"
LOOK = f"{V1}.shop_floor"
PEOPLE = [("manager", True), ("stock", True), ("sales", False), ("viewer", False)]


@pytest.fixture(scope="module")
def plenty(site: str) -> Any:
	"""A factory that had 100,000 preforms four days ago."""
	import frappe

	from tests.factory import Factory

	frappe.db.rollback()
	frappe.set_user("Administrator")
	factory = Factory()
	factory.purchase(100000, 2, date=add_days(nowdate(), -4)).submit()
	frappe.db.commit()
	return factory


def counted(factory: Any, **values: Any) -> dict[str, Any]:
	import frappe

	return {
		"from_item": factory.preform,
		"to_item": factory.bottle,
		"warehouse": factory.warehouse,
		"quantity": 100,
		"good_quantity": 97,
		"rejects": [{"stage": "Bottle", "reason": "Burst", "quantity": 2}],
		"machine": f"Machine {factory.tag}",
		"shift": "Night",
		"operator": "Asha",
		"idempotency_key": f"floor-{frappe.generate_hash(length=20)}",
	} | values


def ago(**past: float) -> str:
	return (datetime.now(timezone.utc) - timedelta(**past)).isoformat()


def visit(person: str, url: str) -> Any:
	"""The page /blow. It gives the session a token that all its requests need then, so the session is another one."""
	return Client(url).login(f"{person}@bottle.test").session.get(f"{url}/blow")


def beginning_of(page: Any) -> dict[str, Any]:
	return json.loads(re.search(r'id="floor-beginning">(.*?)</script>', page.text, re.S).group(1))


@pytest.mark.parametrize(("person", "allowed"), PEOPLE)
def test_who_may(person: str, allowed: bool, plenty: Any, clients: dict[str, Client], url: str) -> None:
	client = clients[person]
	answers = [client.call(ENTER, **counted(plenty)), client.call(LOOK, warehouse=plenty.warehouse)]
	page = visit(person, url)
	if allowed:
		assert data(answers[0])["state"] == "Blown"
		assert data(answers[1])["preforms"][plenty.preform] < 100000
		assert page.status_code == 200
		beginning = beginning_of(page)
		assert beginning["user"] == f"{person}@bottle.test" and beginning["csrf_token"]
	else:
		assert [error(one, 403)["code"] for one in answers] == ["not_permitted"] * 2
		assert page.status_code == 403
		assert "floor-beginning" not in page.text and "Bottle Stock User" in page.text


def test_guests(guest: Client, plenty: Any, url: str) -> None:
	assert error(guest.call(ENTER, **counted(plenty)), 401)["code"] == "not_logged_in"
	assert error(guest.call(LOOK), 401)["code"] == "not_logged_in"
	page = guest.session.get(f"{url}/blow", allow_redirects=False)
	assert (page.status_code // 100, page.headers["Location"]) == (3, "/login?redirect-to=/blow")
	worker = guest.session.get(f"{url}/blow-worker.js")
	assert worker.status_code == 200 and "javascript" in worker.headers["Content-Type"]
	assert "<html" not in worker.text and "addEventListener" in worker.text


def test_a_run_is_seen_in_the_day(plenty: Any, db: Any, stock: Client) -> None:
	yesterday = add_days(nowdate(), -1)
	machine = f"Line {plenty.tag}"
	for day in (yesterday, add_days(yesterday, -1)):
		plenty.blow(100, 50, date=day, machine=machine).submit()
	db.commit()
	for _ in range(2):
		data(stock.call(ENTER, **counted(plenty, machine=machine)))
	floor = data(stock.call(LOOK, machine=machine, warehouse=plenty.warehouse))
	assert floor["machines"][machine] == {
		"runs": 2,
		"preforms_used": 200,
		"bottles_produced": 194,
		"rejects": 6,
		"reject_rate": 3,
	}
	assert floor["whole"]["runs"] >= 2
	latest = sorted((run["state"], run["own"], run["good_quantity"]) for run in floor["latest"])
	assert latest == [("Blown", False, 50), ("Blown", True, 97), ("Blown", True, 97)], (
		"and yesterday's, no more"
	)


@pytest.mark.parametrize(
	"past", [{"seconds": 1}, {"minutes": 10}, {"hours": 30}], ids=["at once", "late", "yesterday"]
)
def test_it_is_posted_when_it_was_entered(past: Any, plenty: Any, stock: Client, fresh: Any) -> None:
	from frappe.utils import get_datetime, now_datetime

	name = data(stock.call(ENTER, **counted(plenty, entered_at=ago(**past))))["name"]
	date, time = fresh().get_value("Blow", name, ["date", "posting_time"])
	posted = get_datetime(date) + time
	assert abs(now_datetime() - timedelta(**past) - posted) < timedelta(seconds=60)


@pytest.mark.parametrize(
	("entered", "posted"),
	[
		("2026-03-05T00:00:40", None),
		("2026-03-04T23:59:40", "2026-03-04 23:59:40"),
		("2026-03-04T22:00:00", "2026-03-04 22:00:00"),
	],
)
def test_what_was_entered_before_midnight_is_of_that_day(
	db: Any, monkeypatch: pytest.MonkeyPatch, entered: str, posted: str | None
) -> None:
	"""However fast it arrived: at a minute past midnight."""
	from bottle_mfg.api import shop_floor

	monkeypatch.setattr(shop_floor, "now_datetime", lambda: datetime(2026, 3, 5, 0, 1))
	zone = ZoneInfo(get_system_timezone())
	found = shop_floor._when(datetime.fromisoformat(entered).replace(tzinfo=zone).isoformat())
	assert (f"{found['date']} {found['posting_time']}" if found else None) == posted


def test_a_lost_answer_is_asked_for_again_hours_later(plenty: Any, stock: Client, fresh: Any) -> None:
	"""What comes at once is posted at the moment, what comes late at its own: still it is the same."""
	sent = counted(plenty, entered_at=ago(seconds=1))
	first = data(stock.call(ENTER, **sent))
	again = stock.call(ENTER, **sent | {"entered_at": ago(hours=3)})
	assert (data(again), again.status_code) == (first, 201)
	assert fresh().count("Blow", {"idempotency_key": sent["idempotency_key"]}) == 1
	assert error(stock.call(ENTER, **sent | {"good_quantity": 96}), 409)["name"] == first["name"]


REFUSED = {
	"somebody else's": ({"user": "manager@bottle.test"}, 403, "other_user"),
	"without a key": ({"idempotency_key": None}, 422, "invalid_value"),
	"a clock that is wrong": ({"entered_at": "2001-01-01T00:00:00Z"}, 422, "invalid_value"),
	"no moment": ({"entered_at": "2026-11-22 10:00:00"}, 422, "invalid_value"),
	"not so many": ({"quantity": 10**6}, 400, "insufficient_stock"),
	"more than went in": ({"good_quantity": 101}, 422, "invalid_value"),
	"reasons for more than was lost": ({"good_quantity": 99}, 422, "invalid_value"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case: str, plenty: Any, stock: Client) -> None:
	change, status, code = REFUSED[case]
	assert error(stock.call(ENTER, **counted(plenty, **change)), status)["code"] == code


@pytest.fixture
def settings(db: Any) -> Iterator[Any]:
	"""The settings, to be changed and saved by the test; afterwards they are as before."""
	import frappe

	names = (
		"approve_blows_above",
		"machines",
		"reject_reasons",
		"morning_from",
		"evening_from",
		"night_from",
	)
	doc = frappe.get_doc("Bottle Mfg Settings")
	before = {name: doc.get(name) for name in names}
	yield doc
	db.rollback()
	doc.reload()
	doc.update(before)
	doc.save()
	db.commit()


def test_above_the_limit_the_managers_are_asked(
	plenty: Any, settings: Any, stock: Client, manager: Client, db: Any
) -> None:
	settings.approve_blows_above = 100
	settings.save()
	db.commit()
	assert data(stock.call(ENTER, **counted(plenty)))["state"] == "Blown", "the limit itself is not above it"
	sent = counted(plenty, quantity=101)
	first = data(stock.call(ENTER, **sent))
	assert first["state"] == "Pending Approval"
	assert data(stock.call(ENTER, **sent)) == first
	db.rollback()
	assert db.exists("Notification Log", {"for_user": "manager@bottle.test", "document_name": first["name"]})
	approved = manager.call(f"{V1}.approve", doctype="Blow", name=first["name"], submit=True)
	assert data(approved)["docstatus"] == 1
	assert data(stock.call(ENTER, **sent))["state"] == "Blown"


def test_the_words_of_the_factory(plenty: Any, settings: Any, stock: Client, db: Any, url: str) -> None:
	"""Its own reasons are buttons, and are taken by every way in; the usual ones are not wrong for that."""
	own = f"Cold preform {plenty.tag}"
	rejects = [{"stage": "Preform", "reason": own, "quantity": 1}]
	assert error(stock.call(ENTER, **counted(plenty, rejects=rejects)), 422)
	settings.update({"machines": "Line 1\nLine 2\n\nLine 1", "reject_reasons": f" {own} \nLeak"})
	settings.update({"morning_from": "07:30:00", "evening_from": None, "night_from": "19:30:00"})
	settings.save()
	db.commit()
	offered = beginning_of(visit("stock", url))["offered"]
	assert (offered["machines"], offered["reasons"]) == (["Line 1", "Line 2"], [own, "Leak"])
	assert offered["shifts"] == [{"shift": "Morning", "from": "07:30"}, {"shift": "Night", "from": "19:30"}]
	assert data(stock.call(ENTER, **counted(plenty, rejects=rejects)))["state"] == "Blown"
	assert data(stock.call(ENTER, **counted(plenty)))["state"] == "Blown", "Burst is no button any more"
	db.rollback()  # to see what the server committed
	settings.reject_reasons = "Leak"
	settings.save()
	db.commit()
	made = data(stock.call(ENTER, **counted(plenty, rejects=rejects)))
	assert made["state"] == "Blown", "what documents have stays possible"
	settings.morning_from = "19:30:00"
	with pytest.raises(Exception, match="same time"):
		settings.save()
