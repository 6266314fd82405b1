"""The screen at the machines, with a thumb, on a phone, while the connection comes and goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from frappe.utils import now_datetime
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.desk import Desk
from tests.conftest import PASSWORD

PHONE = {"width": 390, "height": 844}
ENTER = "**/api/method/bottle_mfg.api.v1.create_shop_floor_blow"
LOOK = "**/api/method/bottle_mfg.api.v1.shop_floor?*"
IS_KEPT = """async () => {
	await navigator.serviceWorker.ready;
	const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).match("/blow")));
	return navigator.serviceWorker.controller && kept.some(Boolean);
}"""


class Floor:
	"""The screen as an operator uses it."""

	def __init__(self, page: Page, url: str) -> None:
		self.page = page
		self.url = url

	def open(self) -> None:
		self.page.goto(f"{self.url}/blow")
		expect(self.button("Save")).to_be_visible()

	def log_in(self, role: str) -> None:
		self.page.goto("about:blank")
		login = {"usr": f"{role}@bottle.test", "pwd": PASSWORD}
		assert self.page.context.request.post(f"{self.url}/api/method/login", form=login).ok
		self.open()

	def button(self, name: str) -> Locator:
		return self.page.get_by_role("button", name=name, exact=True)

	def choose(self, what: str, name: str, *more: str) -> None:
		self.page.locator(f".floor-chip.of-{what}").click()
		for one in (name, *more):
			self.page.locator("dialog .floor-tile").filter(has_text=one).click()
		expect(self.page.locator(f".floor-chip.of-{what}")).to_contain_text(name)

	def stand_at(self, machine: str, goods: Any) -> None:
		self.page.locator(".floor-chip.of-machine").click()
		self.page.get_by_label("Name of the machine").fill(machine)
		self.button("Done").click()
		self.choose("bottle", goods.bottle, goods.preform)
		self.choose("warehouse", goods.warehouse)

	def type(self, counter: str, figures: str) -> None:
		self.page.get_by_role("button", name=f"Type the number: {counter}").click()
		for figure in figures:
			self.page.locator(".floor-keys").get_by_role("button", name=figure, exact=True).click()
		self.button("Done").click()

	def enter(self, preforms: str, good: str, **reasons: int) -> None:
		self.type("Preforms In", preforms)
		self.type("Good Bottles Out", good)
		for reason, pieces in reasons.items():
			for _ in range(pieces):
				self.page.get_by_role("button", name=f"{reason}: ").first.click()
		self.button("Save").click()
		self.button("Yes, save").click()
		expect(self.page.get_by_role("button", name="Type the number: Preforms In")).to_have_text("0")

	def throw_away(self, entry: Locator, answer: str) -> None:
		entry.get_by_role("button", name="Throw Away").click()
		self.page.get_by_role("dialog").get_by_role("button", name=answer, exact=True).click()

	def entries(self, state: str) -> Locator:
		return self.page.locator(f".floor-entry.is-{state}")


@contextmanager
def no_connection(desk: Desk) -> Iterator[None]:
	"""What fails in here for want of an answer is no fault of the page."""
	before = list(desk.problems)
	yield
	desk.problems = [*before, *(one for one in desk.problems[len(before) :] if "net::ERR" not in one)]


@pytest.fixture
def floor(desk_of: Callable[[str], Desk], goods: Any, db: Any) -> Iterator[Any]:
	goods.purchase(10000, 2).submit()
	db.commit()
	desk = desk_of("stock")
	desk.page.set_viewport_size(PHONE)
	screen = Floor(desk.page, desk.url)
	screen.desk = desk
	screen.open()
	yield screen


def blown(db: Any, machine: str) -> list[tuple[int, int, int]]:
	db.rollback()
	rows = db.get_all(
		"Blow",
		filters={"machine": machine, "docstatus": 1},
		fields=["quantity", "good_quantity", "reject_quantity"],
		order_by="date, posting_time",
	)
	return [tuple(int(one) for one in (row.quantity, row.good_quantity, row.reject_quantity)) for row in rows]


def test_a_shift_with_a_bad_connection(floor: Any, goods: Any, db: Any) -> None:
	page, desk, machine = floor.page, floor.desk, f"Blow {goods.tag}"
	context = page.context
	floor.stand_at(machine, goods)
	floor.enter("1000", "965", Burst=2)
	expect(floor.entries("blown")).to_have_count(1)
	assert blown(db, machine) == [(1000, 965, 35)]
	expect(page.locator(".floor-today tbody tr").first).to_contain_text("965")
	page.wait_for_function(IS_KEPT)

	with no_connection(desk):
		context.set_offline(True)
		expect(page.locator(".floor-connection")).to_have_text("No connection")
		floor.enter("500", "490")
		floor.enter("300", "297")
		floor.throw_away(floor.entries("waiting").first, "Throw Away")
		expect(page.locator(".floor-entry")).to_have_count(2)
		floor.enter("200", "198", Leak=1)
		page.reload()
		expect(floor.entries("waiting")).to_have_count(2)
		other = context.new_page()
		other.goto(f"{floor.url}/blow")
		expect(other.locator(".floor-entry.is-waiting")).to_have_count(2)
		assert len(blown(db, machine)) == 1
		context.set_offline(False)
		for one in (page, other):
			expect(one.locator(".floor-entry.is-waiting")).to_have_count(0)
	expect(floor.entries("blown")).to_have_count(3)
	assert blown(db, machine) == [(1000, 965, 35), (500, 490, 10), (200, 198, 2)]
	Floor(other, floor.url).enter("50", "49")
	expect(floor.entries("blown")).to_have_count(4)
	other.close()

	with no_connection(desk):  # the server has it, and its answer is lost

		def lose(route: Route) -> None:
			route.fetch()
			route.abort()

		page.route(ENTER, lose, times=1)
		floor.enter("100", "99")
		expect(floor.entries("waiting")).to_have_count(1)
		expect(floor.entries("waiting").get_by_role("button")).to_have_count(0)
		expect(floor.entries("blown")).to_have_count(5)
		expect(page.locator(".floor-entry")).to_have_count(5)
	assert blown(db, machine)[3:] == [(50, 49, 1), (100, 99, 1)]
	of_these = {"parent": ("in", db.get_all("Blow", {"machine": machine}, pluck="name"))}
	reasons = db.get_all("Blow Reject", of_these, ["reason", "quantity"], order_by="creation", as_list=True)
	assert [*reasons] == [("Burst", 2), ("Leak", 1)]


def test_what_is_refused_stays_until_it_is_settled(floor: Any, goods: Any, db: Any) -> None:
	page, machine = floor.page, f"Blow {goods.tag}"
	floor.stand_at(machine, goods)
	with floor.desk.refusal(400), page.expect_request(ENTER) as wrong:
		floor.enter("12000", "11900")
		expect(floor.entries("refused")).to_contain_text("the books have 10,000")
	page.reload()
	refused = floor.entries("refused")
	expect(refused).to_contain_text("11,900")
	refused.get_by_role("button", name="Correct").click()
	expect(page.get_by_role("button", name="Type the number: Preforms In")).to_have_text("12,000")
	with page.expect_request(ENTER) as right:
		floor.enter("1200", "1190")
	first, last = (one.value.post_data_json for one in (wrong, right))
	assert first["entered_at"] == last["entered_at"], "it was counted when it was counted"
	expect(refused).to_have_count(0)
	expect(floor.entries("blown")).to_have_count(1)
	assert blown(db, machine) == [(1200, 1190, 10)]

	with floor.desk.refusal(400), page.expect_request(ENTER) as once:
		floor.enter("9000", "8900")
		expect(refused).to_contain_text("the books have 8,800")
	floor.throw_away(refused, "Keep")
	floor.enter("50", "49")  # which it does not hold up
	expect(floor.entries("blown")).to_have_count(2)
	with floor.desk.refusal(400), page.expect_console_message(), page.expect_response(ENTER) as again:
		floor.button("Try Again").click()
	goods.purchase(1000, 2).submit()
	db.commit()
	with page.expect_response(ENTER) as now:
		floor.button("Send with the time of now").click()
	expect(floor.entries("blown")).to_have_count(3)
	first, last = (one.value.request.post_data_json for one in (again, now))
	assert first == once.value.post_data_json
	assert first["entered_at"] < last["entered_at"]
	assert first | {"entered_at": last["entered_at"]} == last, "the same counts with the same key"

	page.context.clear_cookies()  # the login has expired
	with floor.desk.refusal(401):
		floor.enter("100", "98")
		expect(page.get_by_role("link", name="Log in")).to_be_visible()
	expect(floor.entries("waiting")).to_have_count(1)
	with page.expect_response(LOOK):  # what waits would be sent before
		floor.log_in("manager")  # it is not his to send
	expect(page.locator(".floor-notes")).to_contain_text("Kept here for stock@bottle.test: 1")
	expect(floor.entries("waiting")).to_have_count(0)
	assert len(blown(db, machine)) == 3
	floor.log_in("stock")
	expect(floor.entries("blown")).to_have_count(4)
	assert blown(db, machine)[1:] == [(50, 49, 1), (9000, 8900, 100), (100, 98, 2)]


def test_what_cannot_be_is_said_before_it_is_sent(floor: Any, goods: Any) -> None:
	page = floor.page

	def refused(words: str) -> None:
		floor.button("Save").click()
		expect(page.locator(".floor-said")).to_have_text(words)
		expect(floor.button("Yes, save")).to_have_count(0)

	refused("Choose the machine first.")
	floor.stand_at(f"Blow {goods.tag}", goods)
	floor.type("Preforms In", "100")
	floor.type("Good Bottles Out", "101")
	refused("More bottles than preforms: please count again.")
	floor.type("Good Bottles Out", "98")
	for _ in range(3):
		page.get_by_role("button", name="Burst: ").first.click()
	refused("The reasons add up to 3, but only 2 were lost.")


def test_a_correction_is_of_the_machine_it_was_counted_at(floor: Any, goods: Any, db: Any) -> None:
	page, first, other = floor.page, f"Blow {goods.tag}", f"Other {goods.tag}"
	chosen = page.locator(".floor-chip.of-machine")
	floor.stand_at(first, goods)
	with no_connection(floor.desk):
		page.context.set_offline(True)
		floor.enter("100", "90", Burst=4)
		floor.stand_at(other, goods)
		floor.entries("waiting").get_by_role("button", name="Correct").click()
		expect(chosen).to_contain_text(first)
		floor.enter("100", "95", Leak=1)
		expect(chosen).to_contain_text(other)
		with page.expect_response(ENTER):
			page.context.set_offline(False)
		expect(floor.entries("waiting")).to_have_count(0)
	assert (blown(db, first), blown(db, other)) == ([(100, 95, 5)], [])


@pytest.mark.parametrize("ahead", [-10, 10])
def test_a_tablet_whose_clock_is_wrong(window: Callable[[], Desk], goods: Any, db: Any, ahead: int) -> None:
	"""By ten hours, which is another shift: what it enters is of the factory's time."""
	goods.purchase(10000, 2).submit()
	db.commit()
	desk, machine = window(), f"Blow {goods.tag}"
	desk.page.set_viewport_size(PHONE)
	desk.page.clock.install(time=datetime.now(timezone.utc) + timedelta(hours=ahead))
	floor = Floor(desk.page, desk.url)
	before = now_datetime().replace(microsecond=0)
	floor.log_in("stock")
	floor.stand_at(machine, goods)
	shifts = {_shift(clock) for clock in (before, now_datetime())}
	assert desk.page.locator(".floor-chip.of-shift strong").inner_text() in shifts
	with desk.page.expect_request(ENTER) as sent, desk.page.expect_response(ENTER):
		floor.enter("100", "90")
	entered = datetime.fromisoformat(sent.value.post_data_json["entered_at"].replace("Z", "+00:00"))
	assert abs(datetime.now(timezone.utc) - entered) < timedelta(minutes=5)
	assert blown(db, machine) == [(100, 90, 10)]


def _shift(clock: datetime) -> str:
	"""As the settings come: from six, from two, and from ten in the evening."""
	begun = [shift for hour, shift in ((6, "Morning"), (14, "Evening"), (22, "Night")) if hour <= clock.hour]
	return begun[-1] if begun else "Night"
