"""The screen at the machines, with a thumb, on a phone, while the connection comes and goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from frappe.utils import now_datetime
from frappe.utils.data import get_system_timezone
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.desk import Desk
from tests.conftest import PASSWORD
from tests.factory import Factory

PHONE = {"width": 390, "height": 844}
ENTER = "**/api/method/bottle_mfg.api.v1.create_shop_floor_blow"
LOOK = "**/api/method/bottle_mfg.api.v1.shop_floor?*"
PAGE = re.compile("/blow$")
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

	def counter(self, name: str) -> Locator:
		return self.page.get_by_role("button", name=f"Type the number: {name}")

	def begin_with(self, **facts: Any) -> None:
		"""Open the page with these facts in the place of the server's: of `floor` and `offered` some, of others all."""

		def answer(route: Route) -> None:
			response = route.fetch()
			head, beginning, foot = re.split(r'(?<=id="floor-beginning">)(.*?)(?=</script>)', response.text())
			said = json.loads(beginning)
			for name, fact in facts.items():
				said[name] = said[name] | fact if isinstance(fact, dict) else fact
			route.fulfill(response=response, body=head + json.dumps(said).replace("<", "\\u003c") + foot)

		self.page.goto("about:blank")  # what it is still asking for is nobody's business any more
		self.page.route(PAGE, answer)
		with self.page.expect_response(LOOK):  # the page has been asked for once more by then
			self.open()
		self.page.unroute(PAGE)

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
	_other_machines()
	db.commit()
	desk = desk_of("stock")
	desk.page.set_viewport_size(PHONE)
	screen = Floor(desk.page, desk.url)
	screen.desk = desk
	screen.open()
	yield screen


def _other_machines() -> None:
	"""So that there is something to choose: where there is one machine, or one preform, nobody is asked."""
	others = Factory()
	others.purchase(20).submit()
	for number in (1, 2):
		others.blow(10, 9, machine=f"Other {number}").submit()


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
	_other_machines()
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


def test_a_correction_leaves_what_is_being_counted(floor: Any, goods: Any, db: Any) -> None:
	page, machine = floor.page, f"Blow {goods.tag}"
	floor.stand_at(machine, goods)
	with no_connection(floor.desk):
		page.context.set_offline(True)
		floor.enter("100", "90")
		floor.type("Preforms In", "700")
		page.get_by_role("button", name="Burst: ").first.click()
		for settle in ("Leave It", "Save"):
			floor.entries("waiting").or_(floor.entries("refused")).get_by_role(
				"button", name="Correct"
			).click()
			expect(floor.counter("Preforms In")).to_have_text("100")
			if settle == "Save":
				floor.type("Good Bottles Out", "95")
			floor.button(settle).click()
			if settle == "Save":
				floor.button("Yes, save").click()
			expect(floor.counter("Preforms In")).to_have_text("700")
			expect(page.get_by_role("button", name="Burst: 1")).to_be_visible()
		with page.expect_response(ENTER):
			page.context.set_offline(False)
		expect(floor.entries("waiting")).to_have_count(0)
	assert blown(db, machine) == [(100, 95, 5)]


def test_what_is_tried_again_is_not_corrected_as_well(floor: Any, goods: Any, db: Any) -> None:
	"""In the tab that corrects it, in another one, and in another one while this one asks whether it is right."""
	page, machine = floor.page, f"Blow {goods.tag}"
	settled = "This entry was sent or thrown away meanwhile. Nothing was entered twice."
	floor.stand_at(machine, goods)
	entries = [("12000", "11900"), ("13000", "12900"), ("14000", "13900")]
	for preforms, good in entries:
		with floor.desk.refusal(400):
			floor.enter(preforms, good)
			expect(floor.entries("refused").filter(has_text=f"{int(good):,}")).to_be_visible()
	goods.purchase(40000, 2).submit()
	db.commit()
	other = page.context.new_page()
	other.goto(f"{floor.url}/blow")

	def correct(good: str) -> None:
		_entry(page, good).get_by_role("button", name="Correct").click()
		expect(page.locator(".floor-notes")).to_contain_text("You are correcting an entry.")

	def try_again(tab: Page, good: str) -> None:
		_entry(tab, good).get_by_role("button", name="Try Again").click()
		expect(_entry(tab, good)).to_contain_text("Sent")

	correct("11,900")
	try_again(page, "11,900")
	expect(page.locator(".floor-notes")).not_to_contain_text("You are correcting an entry.")
	expect(floor.counter("Preforms In")).to_have_text("0")

	correct("12,900")
	try_again(other, "12,900")
	expect(page.locator(".floor-said")).to_have_text(settled)
	expect(floor.counter("Preforms In")).to_have_text("0")

	correct("13,900")
	floor.button("Save").click()
	try_again(other, "13,900")
	floor.button("Yes, save").click()
	expect(page.locator(".floor-said")).to_have_text(settled)
	expect(floor.counter("Preforms In")).to_have_text("0")
	expect(page.locator(".floor-entry")).to_have_count(3)
	assert sorted(blown(db, machine)) == [(int(preforms), int(good), 100) for preforms, good in entries]


def test_what_the_server_fails_at_does_not_hold_up_the_rest(floor: Any, goods: Any, db: Any) -> None:
	page, machine = floor.page, f"Blow {goods.tag}"
	floor.stand_at(machine, goods)

	def fail(route: Route) -> None:
		if route.request.post_data_json["quantity"] != 500:
			route.fallback()
			return
		route.fulfill(status=500, json={"detail": "A hook of the site is broken.", "code": "internal"})

	page.route(ENTER, fail)
	before = list(floor.desk.problems)
	floor.enter("500", "490")
	floor.enter("300", "297")
	expect(floor.entries("blown")).to_have_count(1)
	expect(floor.entries("waiting")).to_contain_text("A hook of the site is broken.")
	expect(floor.entries("waiting").get_by_role("button")).to_have_count(0)
	expect(page.locator(".floor-connection")).to_have_text("Waiting: 1")
	assert blown(db, machine) == [(300, 297, 3)]
	page.unroute(ENTER)
	expect(floor.entries("blown")).to_have_count(2)
	floor.desk.problems = before  # each answer of 500 is one
	assert sorted(blown(db, machine)) == [(300, 297, 3), (500, 490, 10)]


@pytest.fixture
def kept_nowhere(window: Callable[[], Desk]) -> Floor:
	"""A screen whose page is asked for anew each time, so that a test may say what it begins with."""
	desk = window()
	desk.page.set_viewport_size(PHONE)
	desk.page.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
	floor = Floor(desk.page, desk.url)
	floor.desk = desk
	return floor


def test_a_shift_that_was_chosen_ends_with_that_of_the_clock(
	kept_nowhere: Floor, goods: Any, db: Any
) -> None:
	"""Who begins ten minutes early chooses his shift; the next day the clock chooses again."""
	floor, page = kept_nowhere, kept_nowhere.page
	_other_machines()
	db.commit()
	chip = page.locator(".floor-chip.of-shift")
	tomorrow = datetime.now(ZoneInfo(get_system_timezone())) + timedelta(days=1)

	def at(hour: int, minute: int, day: int = 0) -> str:
		moment = tomorrow.replace(hour=hour, minute=minute, second=0) + timedelta(days=day)
		floor.begin_with(floor={"now": moment.isoformat()})
		return chip.inner_text().replace("Shift", "").strip()

	floor.log_in("stock")
	assert at(13, 50) == "Morning\nby the clock"
	floor.choose("shift", "Evening")
	assert [at(13, 58), at(14, 30), at(22, 30)] == ["Evening", "Evening\nby the clock", "Night\nby the clock"]
	assert [at(6, 30, day=1), at(13, 0, day=1)] == ["Morning\nby the clock", "Morning\nby the clock"]

	assert at(21, 58, day=1) == "Evening\nby the clock"
	floor.stand_at(f"Blow {goods.tag}", goods)
	with floor.desk.refusal(400):  # it is not tomorrow yet
		floor.enter("100", "90")
		floor.entries("refused").get_by_role("button", name="Correct").click()
		expect(page.locator(".floor-notes")).to_contain_text("You are correcting an entry.")
	assert at(22, 1, day=1) == "Evening", "a correction is of the shift in which it was counted"
	floor.button("Leave It").click()
	expect(chip).to_contain_text("Night")


def _entry(page: Page, good: str) -> Locator:
	return page.locator(".floor-entry").filter(has_text=good)


def test_numbers_are_written_as_in_the_desk(kept_nowhere: Floor, goods: Any) -> None:
	floor = kept_nowhere
	floor.log_in("stock")
	floor.type("Preforms In", "1200000")
	floor.type("Good Bottles Out", "1136000")
	for number_format, preforms, lost in (
		("#,###.##", "1,200,000", "5.3"),
		("#,##,###.##", "12,00,000", "5.3"),
		("#.###,##", "1.200.000", "5,3"),
		("#.###", "1.200.000", "5,3"),
		("# ###.##", "1 200 000", "5.3"),
		("# ###,##", "1 200 000", "5,3"),
	):
		floor.begin_with(number_format=number_format)
		expect(floor.counter("Preforms In"), number_format).to_have_text(preforms)
		expect(floor.page.locator(".floor-lost"), number_format).to_contain_text(f"{lost} %")


def test_a_point_alone_is_no_number(kept_nowhere: Floor, goods: Any) -> None:
	"""The pad of what is not counted in pieces has a point."""
	floor = kept_nowhere
	floor.log_in("stock")
	by_weight = {"code": goods.preform, "name": goods.preform, "whole": False, "uom": "kg"}
	remembered = {"preform": goods.preform}
	floor.page.evaluate(
		"(device) => localStorage.setItem('bottle_floor:device', JSON.stringify(device))", remembered
	)
	floor.begin_with(offered={"preforms": [by_weight]})
	floor.type("Preforms In", ".")
	floor.page.get_by_role("button", name="One more: Preforms In").click()
	expect(floor.counter("Preforms In")).to_have_text("1")


def _shift(clock: datetime) -> str:
	"""As the settings come: from six, from two, and from ten in the evening."""
	begun = [shift for hour, shift in ((6, "Morning"), (14, "Evening"), (22, "Night")) if hour <= clock.hour]
	return begun[-1] if begun else "Night"
