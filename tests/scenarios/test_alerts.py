"""What people are told without asking: whom, once, again after it was over, and never if it is switched off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from benchmarks.site import recorded
from bottle_mfg.alerts import afterwards, count_losses, known, low_stock, overdue, rejects
from bottle_mfg.alerts.kinds import BY_EMAIL, COUNT_LOSS, LIMITS, LOW_STOCK, OVERDUE, SETTINGS, SWITCHES
from bottle_mfg.patches.v1_0 import set_alerts
from bottle_mfg.posting import background
from bottle_mfg.posting.alone import alone
from bottle_mfg.posting.corrections import LargeCorrection
from bottle_mfg.reporting.low_stock import low_items
from tests.bell import Bell, bell
from tests.conftest import make_user
from tests.reports import Run, as_user

__all__ = ["bell"]

PEOPLE = ("manager", "stock", "sales", "sales2", "viewer")


def change(item: str, **values: Any) -> None:
	frappe.get_doc("Bottle Item", item).update(values).save()


def level(item: str, reorder_level: float) -> None:
	change(item, reorder_level=reorder_level)


def switch(field: str, value: Any) -> None:
	frappe.db.set_single_value(SETTINGS, field, value)
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def who(bell: Bell) -> list[str]:
	return [person for person in PEOPLE if bell.told(person)]


@pytest.fixture
def store(factory: Any) -> Any:
	"""1000 preforms that are to be ordered again at 400."""
	level(factory.preform, 400)
	factory.purchase(1000, 2).submit()
	return factory


def take(store: Any, quantity: float, **values: Any) -> Any:
	return store.sale(items=[store.line(store.preform, quantity, 5)], **values).submit()


def test_low_stock_is_told_once_until_refilled(store: Any, bell: Bell) -> None:
	bell.work()
	take(store, 599)
	assert bell.work() == 0, "401 are left"
	sold = take(store, 1)
	assert bell.work() == 1
	assert who(bell) == ["manager", "stock"]
	assert bell.told("stock") == [f"{store.preform} is low: 400 pcs left, reorder level 400"]
	(log,) = bell.logs("manager")
	assert (log.document_type, log.document_name, log.type) == ("Bottle Item", store.preform, "Alert")
	take(store, 100)
	assert bell.work() == 0
	long_ago = add_days(nowdate(), -known.KEPT_DAYS - 1)
	frappe.db.set_value("Bottle Alert", {"document_name": store.preform}, "creation", long_ago)
	known.forget_old()
	sold.cancel()
	assert bell.work() == 0, "300 and 1"
	store.purchase(200, 2).submit()
	assert bell.work() == 1
	assert len(bell.told("manager")) == 1
	store.count({store.preform: 0}).submit()
	bell.work()
	assert bell.told("manager")[1:] == [f"{store.preform} is out of stock. Reorder level: 400 pcs"]


def test_administrator_is_nobodys_colleague(store: Any, bell: Bell) -> None:
	"""He has all roles, so that he would be told everything that anybody is told."""
	role = frappe.get_doc(
		doctype="Has Role",
		parent="Administrator",
		parenttype="User",
		parentfield="roles",
		role="Bottle Manager",
	)
	role.insert()
	try:
		take(store, 600)
		bell.work()
		assert who(bell) == ["manager", "stock"]
		assert not frappe.get_all(
			"Notification Log", {"for_user": "Administrator", "document_name": store.preform}
		)
	finally:
		role.delete()
		frappe.db.commit()


def test_any_route_refills(store: Any, bell: Bell) -> None:
	"""A cancel, a count, a document of the past."""
	for number, refill in enumerate(
		(
			lambda doc: doc.cancel(),
			lambda doc: store.count({store.preform: 700}).submit(),
			lambda doc: store.purchase(500, 3, date=add_days(nowdate(), -1)).submit(),
		),
		1,
	):
		doc = take(store, store.stock(store.preform)[0] - 300)
		bell.work()
		assert len(bell.told("stock")) == number
		refill(doc)
		bell.work()
	assert not frappe.db.exists("Bottle Alert", {"document_name": store.preform})


def test_all_warehouses_count_together(store: Any, bell: Bell) -> None:
	store.transfer(700).submit()
	assert bell.work() == 0
	take(store, 100)
	assert bell.work() == 0, "900 are left, 200 of them here"
	take(store, 500, warehouse=store.depot)
	assert bell.work() == 1
	assert bell.told("stock") == [f"{store.preform} is low: 400 pcs left, reorder level 400"]


def test_several_at_once_are_one_message(store: Any, bell: Bell) -> None:
	items = [store.item(f"L{number}", "Sold", reorder_level=10) for number in range(4)]
	store.purchase(items=[store.line(item, 12, 1) for item in items]).submit()
	bell.work()
	store.sale(items=[store.line(item, 12 if item == items[3] else 5, 2) for item in items]).submit()
	bell.work()
	names = ", ".join((items[3], items[0], items[1]))
	assert bell.told("stock") == [f"4 items are low: {names} and 1 more"]


def test_what_is_rolled_back_alarms_nobody(store: Any, bell: Bell) -> None:
	bell.work()
	take(store, 900)
	frappe.db.rollback()
	assert bell.work() == 0
	assert store.stock(store.preform)[0] == 1000


def test_a_level_of_the_form_counts_at_once_and_one_set_behind_it_the_next_day(
	store: Any, bell: Bell
) -> None:
	low_stock.look_at_all()
	bell.listen()
	bell.work()
	level(store.preform, 2000)
	assert bell.work() == 1
	assert len(bell.told("stock")) == 1
	for disabled in (1, 0):
		change(store.preform, disabled=disabled)
		assert bell.work() == 1, "what is disabled is no longer low"
	imported = frappe.get_doc("Bottle Item", store.cap)
	imported.flags.updater_reference = {"doctype": "Data Import"}
	imported.update({"reorder_level": 10}).save()
	assert bell.work() == 0
	level(store.preform, 10)
	bell.work()
	frappe.db.set_value("Bottle Item", store.preform, "reorder_level", 1000)
	assert bell.work() == 0
	low_stock.look_at_all()
	low_stock.look_at_all()
	assert len([log for log in bell.logs("stock") if store.preform in log.subject]) == 3
	frappe.local.dynamic_link_map = None  # Frappe builds it once for each request
	frappe.rename_doc("Bottle Item", store.preform, f"NEW-{store.tag}")
	assert bell.work() == 0
	assert frappe.db.exists("Bottle Alert", {"document_name": f"NEW-{store.tag}"})


def test_never_low(factory: Any, bell: Bell) -> None:
	"""What is disabled, or has no level."""
	for item, reorder_level, disabled in ((factory.preform, 0, 0), (factory.bottle, 50, 1)):
		factory.purchase(items=[factory.line(item, 10, 1)]).submit()
		frappe.db.set_value("Bottle Item", item, {"reorder_level": reorder_level, "disabled": disabled})
	frappe.clear_document_cache("Bottle Item")
	bell.work()
	low_stock.look([factory.preform, factory.bottle])
	low_stock.look_at_all()
	assert not [log for log in bell.logs("stock") if factory.tag in log.subject]


def test_what_never_was_in_stock_is_low_wherever_one_looks(factory: Any, bell: Bell) -> None:
	"""At once where somebody gives it a level, and by the daily job where it was entered with one."""
	low_stock.look_at_all()
	bell.listen()
	new = factory.item("NEW", "Consumable", reorder_level=5)
	assert bell.work() == 0
	low_stock.look_at_all()
	level(factory.cap, 50)
	bell.work()
	assert bell.told("stock") == [
		f"{name} is out of stock. Reorder level: {quantity} pcs"
		for name, quantity in ((new, 5), (factory.cap, 50))
	]
	for item in (new, factory.cap):
		assert Run("Bottle Low Stock", item=item).row(item=item)["quantity"] == 0
		balance = Run("Bottle Stock Balance", item=item, from_date=nowdate(), to_date=nowdate())
		assert balance.row(item=item)["alarm"] == "Out of stock"
		assert item in {one.item for one in low_items(confined=True)}


def test_an_item_can_be_deleted_and_is_forgotten(store: Any, bell: Bell) -> None:
	item = store.item("DEL", "Sold")
	known.claim(LOW_STOCK, "Bottle Item", [item])
	frappe.delete_doc("Bottle Item", item)
	low_stock.look_at_all()
	assert not frappe.db.exists("Bottle Alert", {"document_name": item})


@contextmanager
def changed(doctype: str, name: str, field: str, value: Any) -> Iterator[None]:
	before = frappe.db.get_value(doctype, name, field)
	frappe.db.set_value(doctype, name, field, value)
	frappe.cache().hdel("lang", name)
	try:
		yield
	finally:
		frappe.db.set_value(doctype, name, field, before)
		frappe.cache().hdel("lang", name)
		frappe.db.commit()


def test_who_is_told(store: Any, bell: Bell) -> None:
	"""Not who has left, not who does not want it, not who may not see the item; each in his language."""
	left = f"left-{store.tag.lower()}@bottle.test"
	make_user(left, "Bottle Manager")
	frappe.db.set_value("User", left, "enabled", 0)
	store.make("User Permission", user="manager@bottle.test", allow="Bottle Item", for_value=store.cap)
	store.make(
		"Translation",
		language="de",
		source_text="{0} is low: {1} {2} left, reorder level {3}",
		translated_text="{0}: nur noch {1} {2} ({3})",
	)
	try:
		with changed("User", "stock@bottle.test", "language", "de"):
			take(store, 700)
			bell.work()
			assert who(bell) == ["stock"]
			assert not frappe.db.exists("Notification Log", {"for_user": left})
			assert bell.told("stock") == [f"{store.preform}: nur noch 300 pcs (400)"]
		store.purchase(700, 2).submit()
		bell.work()
		with changed("Notification Settings", "stock@bottle.test", "enabled", 0):
			take(store, 700)
			bell.work()
		assert len(bell.told("stock")) == 1
	finally:
		frappe.db.delete("Translation", {"language": "de"})
		frappe.db.delete("User Permission", {"user": "manager@bottle.test"})
		frappe.clear_cache(user="manager@bottle.test")
		frappe.db.commit()


def test_rejects_are_told_once_a_shift(factory: Any, bell: Bell) -> None:
	factory.purchase(10000, 1, date=add_days(nowdate(), -30)).submit()
	run = {"machine": "M-<b>1</b>", "shift": "Night"}
	for other in ({"machine": "M-2"}, {"shift": "Evening"}, {"date": add_days(nowdate(), -1)}):
		factory.blow(1000, 1000, **run | other).submit()
	factory.blow(1000, 900, **run).submit()
	assert bell.work() == 0, "10 % is the limit"
	factory.blow(100, 80, **run).submit()
	bell.work()
	factory.blow(100, 50, **run).submit()
	bell.work()
	factory.blow(100, 50, date=add_days(nowdate(), -rejects.NEWS), **run).submit()
	assert bell.work() == 0, "that is history"
	assert who(bell) == ["manager", "stock"]
	(log,) = bell.logs("stock")
	assert "10.91 % rejects of" in log.subject and "120 of 1,100 preforms" in log.subject
	assert "M-&lt;b&gt;1&lt;/b&gt;" in log.subject
	assert log.document_type == "Blow"
	factory.blow(100, 50, **{**run, "shift": "Morning"}).submit()
	bell.work()
	assert len(bell.told("stock")) == 2
	factory.blow(1000, 500, **{**run, "machine": "M-2"}).submit()
	bell.work()
	assert len(bell.told("stock")) == 3, "another machine"
	frappe.db.set_value(
		"Bottle Alert",
		{"occasion": ("like", "%Night%")},
		"creation",
		add_days(nowdate(), -known.KEPT_DAYS - 1),
	)
	known.forget_old()
	kept = frappe.get_all("Bottle Alert", {"document_name": factory.bottle}, pluck="occasion")
	assert [one.split()[1] for one in kept] == ["Morning"]


def test_what_a_run_alone_lost_is_judged_with_its_shift(factory: Any, bell: Bell) -> None:
	factory.purchase(10000, 1).submit()
	factory.blow(1000, 1000).submit()
	factory.blow(1000, 10)  # a draft
	factory.blow(1000, 800).submit()
	assert bell.work() == 1
	assert who(bell) == [], "10 % of the shift are the limit"


def test_a_large_count_loss_is_told_to_who_sees_costs(factory: Any, bell: Bell) -> None:
	factory.purchase(1000, 2).submit()
	factory.count({factory.preform: 500}).submit()
	assert bell.work() == 0, "there is no limit to begin with"
	switch(LIMITS[COUNT_LOSS], 100)
	factory.count({factory.preform: 450}).submit()
	assert bell.work() == 0, "100 is the limit"
	factory.count({factory.preform: 200}).submit().cancel()
	bell.work()
	assert who(bell) == [], "it was taken back before a worker came"
	count = factory.count({factory.preform: 399}).submit()
	bell.work()
	count_losses.look(count.name)
	assert who(bell) == ["manager"]
	(log,) = bell.logs("manager")
	assert "102" in log.subject and count.name in log.subject
	assert (log.document_type, log.document_name) == ("Bottle Stock Count", count.name)


def daily_jobs() -> None:
	for job in frappe.get_hooks("scheduler_events")["daily"]:
		if job.startswith("bottle_mfg.alerts."):
			frappe.get_attr(job)()


@pytest.fixture
def without_redis(factory: Any, bell: Bell, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""A run with 20 % of rejects and a count that wrote off 600, submitted while no job could be queued."""
	switch(LIMITS[COUNT_LOSS], 100)
	daily_jobs()
	bell.listen()

	def down(method: str, **arguments: Any) -> None:
		raise ConnectionError

	with monkeypatch.context() as redis:
		redis.setattr(afterwards, "leave_to_worker", down)
		factory.purchase(1000, 2, date=add_days(nowdate(), -9), due_date=nowdate()).submit()
		yesterday = {"date": add_days(nowdate(), -1), "shift": "Night"}
		factory.blow(50, 40, **yesterday).submit()
		factory.blow(50, 40, **yesterday).submit()
		factory.lost = factory.count({factory.preform: 700}, date=add_days(nowdate(), -8)).submit()
		frappe.db.commit()
	assert who(bell) == []
	return factory


def test_what_was_lost_is_told_by_the_daily_job(without_redis: Any, bell: Bell) -> None:
	for _time in range(2):
		daily_jobs()
	assert who(bell) == ["manager", "stock"]
	assert [log.document_type for log in bell.logs("stock")] == ["Blow"]
	assert "20 of 100 preforms" in bell.told("stock")[0]
	assert sorted(log.document_type for log in bell.logs("manager")) == ["Blow", "Bottle Stock Count"]
	(count,) = [log for log in bell.logs("manager") if log.document_type == "Bottle Stock Count"]
	assert count.document_name == without_redis.lost.name


def test_the_daily_job_alarms_nobody_of_history(
	without_redis: Any, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
	"""A count of long ago that a correction has just valued anew, a run of last week; nor if it is switched off."""
	tomorrow = {"modified": add_days(now_datetime(), 2)}
	frappe.db.set_value("Bottle Stock Count", without_redis.lost.name, tomorrow, update_modified=False)
	with monkeypatch.context() as long_ago:
		for module in (count_losses, rejects):
			long_ago.setattr(module, "NEWS", -1)
		daily_jobs()
		assert who(bell) == []
	for field in SWITCHES.values():
		switch(field, 0)
	daily_jobs()
	assert who(bell) == []


@pytest.mark.parametrize(
	("module", "indexes"), [(count_losses, {"modified", "voucher_no"}), (rejects, {"production"})]
)
def test_what_was_lost_is_looked_for_in_the_last_days_alone(
	without_redis: Any, monkeypatch: pytest.MonkeyPatch, module: Any, indexes: set[str]
) -> None:
	"""However much history there is."""
	monkeypatch.setattr(module, "look", lambda name: None)
	with recorded() as statements:
		module.look_at_all()
	(wanted,) = (one for one in statements if "lost_value" in one or "reject_quantity" in one)
	plan = frappe.db.sql(f"explain {wanted}", as_dict=True)
	assert [sorted(indexes & set((step.possible_keys or "").split(","))) for step in plan] == [
		[one] for one in sorted(indexes)
	]


@pytest.fixture
def late(factory: Any, bell: Bell) -> Any:
	"""Bills that were due yesterday, and none that others left."""
	overdue.look_at_all()
	ago = {"date": add_days(nowdate(), -9), "due_date": add_days(nowdate(), -1)}
	factory.bills = [factory.purchase(1000, 2, **ago).submit()]
	# A job notes by night what has become overdue; until it comes it is as it was.
	for quantity, person, status in (
		(10, "sales", "Pending"),
		(30, "sales", "Partial"),
		(20, "sales2", "Overdue"),
	):
		lines = [factory.line(factory.preform, quantity, 5)]
		sale = factory.sale(items=lines, **ago).submit()
		noted = {"owner": f"{person}@bottle.test", "payment_status": status}
		frappe.db.set_value("Bottle Sale", sale.name, noted)
		factory.bills.append(sale)
	factory.sale(items=lines, **ago | {"due_date": nowdate()}).submit()  # not late yet
	bell.listen()
	return factory


def test_overdue_bills_are_one_summary_for_each_reader(late: Any, bell: Bell) -> None:
	purchase, _small, large, other = late.bills
	overdue.look_at_all()
	assert who(bell) == ["manager", "sales", "sales2"]
	assert [log.document_name for log in bell.logs("manager")] == [large.name, purchase.name]
	every, bought = bell.told("manager")
	assert every.startswith("3 sales became overdue") and "300" in every and large.name in every
	assert bought.startswith(f"{late.supplier} has not been paid") and "2,000" in bought
	(his,) = bell.told("sales")
	assert his.startswith("2 sales became overdue") and "200" in his and other.name not in his
	assert [log.document_name for log in bell.logs("sales2")] == [other.name]
	overdue.look_at_all()
	assert [len(bell.told(person)) for person in PEOPLE] == [2, 0, 1, 1, 0]
	payment = late.pay(other, 100)
	overdue.look_at_all()
	payment.reload()
	payment.cancel()
	overdue.look_at_all()
	assert [len(bell.told(person)) for person in PEOPLE] == [3, 0, 1, 2, 0]
	link = frappe.get_meta("Notification Log").has_field("link")
	assert not link or bell.logs("sales")[0].link.endswith("/query-report/Bottle%20Receivables")


@pytest.mark.parametrize("allowed", [True, False])
def test_costs_are_told_to_nobody_who_does_not_see_them(late: Any, bell: Bell, allowed: bool) -> None:
	"""Taken from managers in the Role Permission Manager, purchases and count losses are no longer told of."""
	from frappe.permissions import setup_custom_perms, update_permission_property

	costs = ("Bottle Purchase", "Bottle Stock Count")
	try:
		if not allowed:
			for doctype in costs:
				setup_custom_perms(doctype)
				update_permission_property(doctype, "Bottle Manager", 1, "read", 0)
				frappe.clear_cache(doctype=doctype)
		switch(LIMITS[COUNT_LOSS], 1)
		late.count({late.preform: 0}).submit()
		bell.work()
		overdue.look_at_all()
		told = sorted(log.document_type for log in bell.logs("manager"))
		assert told == sorted(["Bottle Sale", *(costs if allowed else ())])
	finally:
		for doctype in costs:
			frappe.db.delete("Custom DocPerm", {"parent": doctype})
			frappe.clear_cache(doctype=doctype)
		frappe.db.commit()


@pytest.fixture
def waiting(factory: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""A correction of a stock user that no worker comes to."""
	monkeypatch.setattr(background, "_enqueue", lambda correction: None)
	doc = factory.purchase(1)
	with as_user("stock"):
		name = background.queue("Submit", doc, LargeCorrection(set(), now_datetime(), 1))["correction"]
	frappe.db.commit()
	yield frappe.get_doc("Bottle Correction", name)
	background._set(name, status="Failed")
	frappe.db.commit()


def test_a_correction_that_fails(waiting: Any, bell: Bell) -> None:
	frappe.db.set_value("Bottle Purchase", waiting.document, "notes", "changed")
	frappe.db.commit()
	background.run(waiting.name)
	assert who(bell) == ["manager", "stock"]
	(log,) = bell.logs("manager")
	assert (log.document_type, log.document_name) == ("Bottle Correction", str(waiting.name))
	assert waiting.document in log.subject and "changed meanwhile" in log.subject


def test_the_document_says_why_its_correction_failed(waiting: Any, bell: Bell) -> None:
	"""Whoever began it finds that there, bell or no bell; until the document is changed."""

	def said() -> str | None:
		doc = frappe.get_doc("Bottle Purchase", waiting.document)
		doc.run_method("onload")
		return doc.get_onload().get("correction_failed")

	frappe.get_doc("Bottle Purchase", waiting.document).update({"notes": "changed"}).save()
	frappe.db.commit()
	assert said() is None
	background.run(waiting.name)
	assert said() == f"{waiting.document} was changed meanwhile. Please do it once more."
	frappe.get_doc("Bottle Purchase", waiting.document).update({"notes": "once more"}).save()
	assert said() is None


def test_a_correction_of_what_others_may_not_see(waiting: Any, factory: Any, bell: Bell) -> None:
	"""Who began it is told all the same."""
	other = factory.make("Bottle Supplier", supplier_name=f"Other {factory.tag}").name
	confined = {"allow": "Bottle Supplier", "for_value": other}
	rules = [
		factory.make("User Permission", user=f"{person}@bottle.test", **confined)
		for person in ("manager", "stock")
	]
	frappe.db.set_value("Bottle Purchase", waiting.document, "notes", "changed")
	frappe.db.commit()
	try:
		background.run(waiting.name)
		assert who(bell) == ["stock"]
	finally:
		for rule in rules:
			rule.delete()
		frappe.db.commit()


def test_a_correction_that_waits(waiting: Any, bell: Bell) -> None:
	background.look_at_waiting()
	assert who(bell) == []
	late = add_to_date(now_datetime(), minutes=-background.WAITING_MINUTES - 1)
	frappe.db.set_value("Bottle Correction", waiting.name, "creation", late)
	switch("alert_corrections", 0)
	background.look_at_waiting()
	assert who(bell) == []
	switch("alert_corrections", 1)
	for _time in range(2):
		background.look_at_waiting()
	assert who(bell) == ["manager"]
	assert len(bell.told("manager")) == 1


def test_a_correction_whose_worker_died(waiting: Any, bell: Bell) -> None:
	"""It says Running until another worker has it. One that a worker is at waits for nobody."""
	late = add_to_date(now_datetime(), minutes=-background.WAITING_MINUTES - 1)
	background._set(waiting.name, status="Running", started_at=late, creation=late)
	frappe.db.commit()
	with alone(background._lock_name(waiting.name)):
		background.look_at_waiting()
	assert who(bell) == []
	for _time in range(2):
		background.look_at_waiting()
	assert who(bell) == ["manager"]
	assert len(bell.told("manager")) == 1
	assert waiting.document in bell.told("manager")[0]


def save_switch(kind: str, on: int) -> None:
	"""As the settings' form does it."""
	frappe.get_doc(SETTINGS).update({SWITCHES[kind]: on}).save()


def test_low_stock_begins_anew_when_it_is_switched_on_again(store: Any, bell: Bell) -> None:
	take(store, 600)
	bell.work()
	save_switch(LOW_STOCK, 0)
	store.purchase(700, 2).submit()
	take(store, 700)
	assert bell.work() == 0
	save_switch(LOW_STOCK, 1)
	assert bell.work() == 0
	take(store, 1)
	assert bell.work() == 1
	sentence = f"{store.preform} is low: {{}} pcs left, reorder level 400"
	assert bell.told("stock") == [sentence.format(400), sentence.format(399)]


def test_overdue_bills_begin_anew_when_they_are_switched_on_again(late: Any, bell: Bell) -> None:
	overdue.look_at_all()
	assert len(bell.told("sales")) == 1
	known.claim(COUNT_LOSS, "Bottle Stock Count", [late.tag])
	save_switch(OVERDUE, 0)
	overdue.look_at_all()
	save_switch(OVERDUE, 1)
	for _time in range(2):
		overdue.look_at_all()
	assert [len(bell.told(person)) for person in PEOPLE] == [4, 0, 2, 2, 0]
	frappe.get_doc(SETTINGS).save()
	assert len(known.told(OVERDUE, "Bottle Sale")) > 0, "nothing was switched"
	assert known.told(COUNT_LOSS, "Bottle Stock Count", [late.tag]), "what happened once is told once"


def test_each_can_be_switched_off(late: Any, bell: Bell, waiting: Any) -> None:
	for field in SWITCHES.values():
		switch(field, 0)
	level(late.preform, 900)
	take(late, 100)
	blown = late.blow(100, 10).submit()
	switch(LIMITS[COUNT_LOSS], 1)
	late.count({late.preform: 0}).submit()
	assert bell.work() == 0
	low_stock.look_at_all()
	low_stock.look([late.preform])
	rejects.look(blown.name)
	overdue.look_at_all()
	frappe.db.set_value("Bottle Purchase", waiting.document, "notes", "changed")
	frappe.db.commit()
	background.run(waiting.name)
	assert who(bell) == []


def test_an_alert_that_breaks_is_in_nobodys_way(
	store: Any, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
	asked = []

	def broken() -> None:
		asked.append(True)
		raise RuntimeError

	monkeypatch.setattr(low_stock, "_levels", broken)
	sale = take(store, 700)
	frappe.db.commit()
	assert asked
	assert frappe.db.get_value("Bottle Sale", sale.name, "docstatus") == 1


def test_sites_from_before_get_the_alerts(db: Any) -> None:
	fields = (*SWITCHES.values(), BY_EMAIL, *LIMITS.values())
	db.delete("Singles", {"doctype": SETTINGS, "field": ("in", fields)})
	db.set_single_value(SETTINGS, "alert_overdue", 0)
	set_alerts.execute()
	set_alerts.execute()
	settings = frappe.get_doc(SETTINGS)
	assert [settings.get(field) or 0 for field in fields] == [1, 0, 1, 1, 1, 1, 10, 0]
