"""The clients of the REST tests: one logged-in HTTP session for each user, speaking JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.conftest import PASSWORD, ROLES

BACK = "http://127.0.0.1:9/back"
"""Where an OAuth Client of the tests has its users sent back to. Nobody goes there."""


class Client:
	"""Somebody who talks to the site over HTTP."""

	def __init__(self, url: str, **headers: str) -> None:
		self.url = url
		self.session = requests.Session()
		self.session.headers.update({"Accept": "application/json", **headers})

	def login(self, user: str) -> Client:
		answer = self.call("login", usr=user, pwd=PASSWORD)
		assert answer.status_code == 200, answer.text
		return self

	def send(self, verb: str, path: str, **options: Any) -> requests.Response:
		return self.session.request(verb, f"{self.url}/api/{path}", timeout=60, **options)

	def call(self, method: str, **arguments: Any) -> requests.Response:
		return self.send("POST", f"method/{method}", json=arguments)

	def insert(self, doctype: str, **values: Any) -> requests.Response:
		return self.send("POST", f"resource/{doctype}", json=values)

	def read(self, doctype: str, name: str) -> requests.Response:
		return self.send("GET", f"resource/{doctype}/{name}")

	def change(self, doctype: str, name: str, **values: Any) -> requests.Response:
		return self.send("PUT", f"resource/{doctype}/{name}", json=values)

	def delete(self, doctype: str, name: str) -> requests.Response:
		return self.send("DELETE", f"resource/{doctype}/{name}")

	def save_form(self, doc: dict[str, Any], action: str) -> requests.Response:
		"""What the Desk does when a form is saved or submitted."""
		return self.call("frappe.desk.form.save.savedocs", doc=json.dumps(as_form(doc)), action=action)

	def list(self, doctype: str, **parameters: Any) -> requests.Response:
		texts = {key: one if isinstance(one, str) else json.dumps(one) for key, one in parameters.items()}
		return self.send("GET", f"resource/{doctype}", params=texts)


def as_form(doc: dict[str, Any]) -> dict[str, Any]:
	"""The document as the Desk sends it: a new one has a name that it has until it is saved."""
	if doc.get("name"):
		return doc
	return doc | {"name": f"new-{doc['doctype'].lower().replace(' ', '-')}-1", "__islocal": 1}


def data(answer: requests.Response) -> Any:
	"""What a successful answer brought; the test fails on any other."""
	assert answer.status_code in (200, 201, 202), f"{answer.status_code}: {answer.text[:2000]}"
	body = answer.json()
	return body.get("data", body.get("message", body))


def error(answer: requests.Response, status: int) -> dict[str, Any]:
	"""The body of a refusal. Every refusal has a `detail`."""
	assert answer.status_code == status, f"{answer.status_code}: {answer.text[:2000]}"
	body = answer.json()
	assert body.get("detail"), body
	return body


@pytest.fixture(scope="session")
def clients(url: str) -> dict[str, Client]:
	"""The tests' users by name, and a guest."""
	people = {name: Client(url).login(f"{name}@bottle.test") for name in ROLES}
	return people | {"guest": Client(url), "admin": Client(url, Authorization=token("Administrator"))}


def token(user: str) -> str:
	"""The header of a user who says with an API key, made afresh, who he is."""
	import frappe
	from frappe.utils.password import set_encrypted_password

	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	frappe.db.rollback()
	frappe.db.set_value("User", user, "api_key", key)
	set_encrypted_password("User", user, secret, "api_secret")
	frappe.db.commit()
	return f"token {key}:{secret}"


def _person(name: str) -> Callable[[dict[str, Client]], Client]:
	def person(clients: dict[str, Client]) -> Client:
		return clients[name]

	return person


manager = pytest.fixture(_person("manager"), name="manager")
stock = pytest.fixture(_person("stock"), name="stock")
sales = pytest.fixture(_person("sales"), name="sales")
sales2 = pytest.fixture(_person("sales2"), name="sales2")
viewer = pytest.fixture(_person("viewer"), name="viewer")
guest = pytest.fixture(_person("guest"), name="guest")
admin = pytest.fixture(_person("admin"), name="admin")


@pytest.fixture
def shop(factory: Any, db: Any) -> Any:
	"""A factory that the server sees, too."""
	db.commit()
	return factory


@pytest.fixture(scope="module")
def shared(site: str) -> Any:
	"""A factory with 950 bottles, which cost 2000, for the tests of a module that take nothing away."""
	import frappe

	from tests.factory import Factory

	frappe.db.rollback()
	frappe.set_user("Administrator")
	factory = Factory()
	factory.purchase(1000, 2).submit()
	factory.blow(1000, 950).submit()
	frappe.db.commit()
	return factory


@pytest.fixture
def stocked(shop: Any, db: Any) -> Any:
	"""A factory with 950 bottles in store, which cost 2000."""
	shop.purchase(1000, 2).submit()
	shop.blow(1000, 950).submit()
	db.commit()
	return shop


@pytest.fixture(scope="module")
def app(site: str) -> Any:
	"""A program that an admin has entered as an OAuth Client, one that users need not confirm each time."""
	import frappe

	frappe.db.rollback()
	frappe.set_user("Administrator")
	values = {"app_name": frappe.generate_hash(length=8), "scopes": "all openid", "skip_authorization": 1}
	uris = {"redirect_uris": BACK, "default_redirect_uri": BACK}
	client = frappe.get_doc({"doctype": "OAuth Client", **values, **uris}).insert()
	frappe.db.commit()
	return client


@pytest.fixture
def fresh(db: Any) -> Callable[[], Any]:
	"""Ends the test's own snapshot of the database: what the server committed since is seen."""

	def look() -> Any:
		db.rollback()
		return db

	return look
