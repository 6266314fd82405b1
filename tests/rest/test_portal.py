"""The customer portal over HTTP: a customer sees what is his and no more, guests see nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from tests.conftest import PASSWORD
from tests.rest.conftest import Client, data, error

PAGES = ("my-bottles", "my-bottles-account", "my-bottles-stock")
XSS = "<img src=x onerror=alert(1)>"


def customer_login(url: str, name: str) -> Client:
	"""A user of the website who has no role at all."""
	import frappe

	email = f"{frappe.scrub(name).replace('_', '-')}@customer.test"
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": "C",
			"send_welcome_email": 0,
			"user_type": "Website User",
			"new_password": PASSWORD,
		}
	)
	user.flags.no_welcome_mail = True
	user.insert()
	assert user.user_type == "Website User"
	frappe.db.set_value("Bottle Customer", name, "user", email)
	frappe.clear_document_cache("Bottle Customer", name)
	frappe.db.commit()
	return Client(url).login(email)


@pytest.fixture(scope="module")
def trade(shared: Any, url: str) -> SimpleNamespace:
	"""Two customers with bills of their own: the first has paid a part and given something back."""
	import frappe
	from frappe.utils import add_days, nowdate

	frappe.db.rollback()
	other = shared.make("Bottle Customer", customer_name=f"Other {shared.tag}").name
	spare = shared.make(
		"Bottle Item", item_code=f"SP-{shared.tag}", item_name=f"{shared.tag}{XSS}", item_type="Sold"
	).name
	shared.make("Bottle Item", item_code=f"OFF-{shared.tag}", item_type="Sold", disabled=1)
	shared.purchase(items=[shared.line(spare, 5, 1)]).submit()
	frappe.db.set_value("Bottle Item", shared.bottle, "reorder_level", 10)
	frappe.db.set_value("Bottle Item", spare, "reorder_level", 5)
	mine = shared.sale(100, 4, notes="secret notes").submit()
	frappe.db.set_value("Bottle Sale", mine.name, "due_date", add_days(nowdate(), -1))
	pay = {"reference_type": "Bottle Sale", "reference_name": mine.name, "mode": "UPI"}
	paid = shared.make("Bottle Payment", amount=150.5, transaction_ref=f"UPI {XSS}", **pay)
	paid.submit()
	failed = shared.make("Bottle Payment", amount=9, result="Failed", failure_reason="declined", **pay)
	failed.submit()
	draft = shared.sale(3, 4)
	theirs = shared.sale(7, 4, customer=other)
	theirs.submit()
	frappe.db.commit()
	me, they = customer_login(url, shared.customer), customer_login(url, other)
	return SimpleNamespace(
		me=me,
		they=they,
		mine=mine,
		theirs=theirs,
		draft=draft,
		paid=paid,
		failed=failed,
		other=other,
		spare=spare,
	)


def page(client: Client, path: str, **parameters: Any) -> requests.Response:
	return client.session.get(
		f"{client.url}/{path}", params=parameters, headers={"Accept": "text/html"}, allow_redirects=False
	)


def shown(answer: requests.Response) -> str:
	"""The text of the page's own part."""
	assert answer.status_code == 200, answer.text[:2000]
	(main,) = re.findall(r"<main class=\"container bottle-portal\"[^>]*>(.*)</main>", answer.text, re.DOTALL)
	return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_his_bills(trade: SimpleNamespace) -> None:
	answer = page(trade.me, "my-bottles")
	text = shown(answer)
	assert trade.mine.name in text
	assert "249.50" in text
	assert re.search(r"Overdue \S+ 249\.50", text)
	for hidden in (trade.theirs.name, trade.other, trade.draft.name, "secret notes", "210.5", "189.4"):
		assert hidden not in answer.text
	assert trade.theirs.name in shown(page(trade.they, "my-bottles"))


def test_a_bill(trade: SimpleNamespace) -> None:
	answer = page(trade.me, "my-bottles-bill", name=trade.mine.name)
	text = shown(answer)
	for part in ("400.00", "249.50", "150.50", trade.paid.name, "UPI", "100"):
		assert part in text
	for hidden in ("secret notes", "210.5", "189.4", "2.1053", trade.failed.name, "declined"):
		assert hidden not in answer.text


def test_no_bill_of_others(trade: SimpleNamespace) -> None:
	"""Nor a draft; and what exists reads like what does not."""
	answers = [
		page(trade.me, "my-bottles-bill", name=name)
		for name in (trade.theirs.name, trade.draft.name, "SO-000000-0000", "", "x' or '1'='1", "%")
	]
	assert {answer.status_code for answer in answers} == {404}
	for answer in answers:
		assert trade.other not in answer.text
		assert "28.00" not in answer.text
		assert "Traceback" not in answer.text
	assert trade.theirs.name in shown(page(trade.they, "my-bottles-bill", name=trade.theirs.name))


def test_the_account(trade: SimpleNamespace) -> None:
	answer = page(trade.me, "my-bottles-account")
	text = shown(answer)
	assert text.index("400.00") < text.index("-150.50")
	assert "249.50" in text
	assert "Billed or refunded" in text
	assert trade.failed.name not in answer.text
	assert trade.theirs.name not in answer.text
	for odd in (
		{"from_date": "x' or 1=1"},
		{"from_date": "9999-12-31"},
		{"to_date": "0001-01-01"},
		{"to_date": XSS},
	):
		answer = page(trade.me, "my-bottles-account", **odd)
		assert trade.failed.name not in shown(answer)
		assert XSS not in answer.text
	assert trade.mine.name not in shown(page(trade.me, "my-bottles-account", to_date="2001-01-01"))


def test_pages_of_bills(trade: SimpleNamespace) -> None:
	for number in ("2", "0", "-1", "x", "999999999999"):
		text = shown(page(trade.me, "my-bottles", page=number))
		assert (trade.mine.name in text) == (number in ("0", "-1", "x"))


@pytest.fixture
def quantities(db: Any) -> Iterator[None]:
	field = ("Bottle Mfg Settings", "portal_shows_quantities")
	db.set_single_value(*field, 1)
	db.commit()
	yield
	db.rollback()
	db.set_single_value(*field, 0)
	db.commit()


def test_availability(trade: SimpleNamespace, shared: Any) -> None:
	text = shown(page(trade.me, "my-bottles-stock"))
	assert f"{shared.bottle} In Stock" in text
	assert re.search(rf"{shared.tag}&lt;img.{{0,40}}&gt; Low", text)
	for hidden in (shared.preform, shared.cap, f"OFF-{shared.tag}"):
		assert hidden not in text
	assert not re.search(r"\b(843|940)\b", text)


def test_quantities_where_the_settings_say_so(trade: SimpleNamespace, shared: Any, quantities: None) -> None:
	assert re.search(rf"{shared.bottle} 843 pcs In Stock", shown(page(trade.me, "my-bottles-stock")))


@pytest.mark.parametrize(("language", "state"), [("hi", "स्टॉक में"), ("ur", "اسٹاک میں")])
def test_availability_in_his_language(
	trade: SimpleNamespace, shared: Any, db: Any, language: str, state: str
) -> None:
	user = db.get_value("Bottle Customer", trade.mine.customer, "user")
	_speak(user, language)
	try:
		assert f"{shared.bottle} {state}" in shown(page(trade.me, "my-bottles-stock"))
	finally:
		_speak(user, None)


def _speak(user: str, language: str | None) -> None:
	import frappe

	frappe.db.set_value("User", user, "language", language)
	frappe.db.commit()
	frappe.clear_cache(user=user)


@pytest.mark.parametrize("path", [*PAGES, "my-bottles-bill"])
def test_guests_and_others(path: str, trade: SimpleNamespace, guest: Client, sales: Client) -> None:
	name = {"name": trade.mine.name}
	refused = page(guest, path, **name)
	assert (refused.status_code, refused.headers["Location"].split("?")[0].split("/")[-1]) == (301, "login")
	assert trade.mine.name not in refused.text.replace(f"name={trade.mine.name}", "")
	answer = page(sales, path, **name)
	assert answer.status_code == 403
	assert trade.mine.customer not in answer.text


def test_nothing_is_run_that_somebody_wrote(trade: SimpleNamespace) -> None:
	for path in (*PAGES, "my-bottles-bill"):
		assert "<img src=x" not in page(trade.me, path, name=trade.mine.name).text


def test_a_disabled_customer(trade: SimpleNamespace, db: Any) -> None:
	for disabled, status in ((1, 403), (0, 200)):
		db.set_value("Bottle Customer", trade.mine.customer, "disabled", disabled)
		db.commit()
		for path in PAGES:
			assert page(trade.me, path).status_code == status


def test_no_other_door(trade: SimpleNamespace, site: str) -> None:
	"""The login opens the pages alone: no REST, no print, no report, no Desk."""
	import frappe

	me, mine = trade.me, trade.mine
	for doctype in frappe.get_all("DocType", {"module": "Bottle Mfg", "issingle": 0}, pluck="name"):
		assert me.list(doctype).status_code == 403, doctype
	for answer in (
		me.read("Bottle Sale", mine.name),
		me.read("Bottle Customer", mine.customer),
		me.change("Bottle Customer", mine.customer, credit_days=999),
		me.read("Bottle Mfg Settings", "Bottle Mfg Settings"),
		me.call("frappe.client.get_value", doctype="Bottle Sale", filters=mine.name, fieldname="profit"),
		me.call("frappe.desk.form.load.getdoc", doctype="Bottle Sale", name=mine.name),
		me.call("frappe.desk.query_report.run", report_name="Bottle Stock Balance", filters="{}"),
		me.call("frappe.utils.print_format.download_pdf", doctype="Bottle Sale", name=mine.name),
		me.call("frappe.www.list.get", doctype="Bottle Sale"),
		me.call("bottle_mfg.api.v1.availability", items=["x"]),
		me.call("frappe.desk.search.search_link", doctype="Bottle Customer", txt=""),
		page(me, "printview", doctype="Bottle Sale", name=mine.name),
		page(me, "bottle-api"),
	):
		assert answer.status_code in (403, 404), answer.text[:500]
		assert "400.00" not in answer.text
	assert page(me, "app").status_code in (301, 302, 403)


def test_only_the_manager_says_whose_login_it_is(
	trade: SimpleNamespace, shared: Any, sales: Client, manager: Client, fresh: Any
) -> None:
	"""Or else who sells could read the bills that others wrote."""
	sales.change("Bottle Customer", trade.other, user="sales@bottle.test")
	made = data(sales.insert("Bottle Customer", customer_name=f"New {shared.tag}", user="sales@bottle.test"))
	assert fresh().get_value("Bottle Customer", trade.other, "user").endswith("@customer.test")
	assert not fresh().get_value("Bottle Customer", made["name"], "user")
	taken = fresh().get_value("Bottle Customer", trade.other, "user")
	body = error(manager.change("Bottle Customer", made["name"], user=taken), 422)
	assert body["detail"][0]["loc"] == ["user"]
