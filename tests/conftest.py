"""Fixtures for tests that run inside a real bench, started by `make test`.

`pytest tests/unit tests/property` needs none of it: the bench is looked for only when a fixture asks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A machine that is busy with something else is slow, not wrong.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

ROLES = {
	"manager": "Bottle Manager",
	"stock": "Bottle Stock User",
	"sales": "Bottle Sales User",
	"sales2": "Bottle Sales User",
	"viewer": "Bottle Viewer",
}
PASSWORD = "Preform-28-mm"


@pytest.fixture(scope="session")
def bench() -> Path:
	"""The bench's folder; without one the test is an error, never a silent skip."""
	if "BOTTLE_BENCH" not in os.environ:
		pytest.fail("this test needs a bench: run it with `make test ARGS=…`", pytrace=False)
	return Path(os.environ["BOTTLE_BENCH"])


@pytest.fixture(scope="session")
def site(bench: Path) -> Iterator[str]:
	"""A connection to the test site as Administrator, with the tests' users in place."""
	import frappe

	name = os.environ["BOTTLE_SITE"]
	os.chdir(bench / "sites")
	frappe.init(site=name, sites_path=".")
	frappe.connect()
	frappe.flags.mute_emails = True
	for user, role in ROLES.items():
		make_user(f"{user}@bottle.test", role)
	limit_requests(0)
	yield name
	frappe.destroy()


@pytest.fixture
def db(site: str) -> Iterator[Any]:
	"""The site's connection; whatever the test leaves uncommitted is rolled back."""
	import frappe

	frappe.set_user("Administrator")
	frappe.db.rollback()
	yield frappe.db
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.db.value_cache.clear()
	frappe.clear_document_cache("Bottle Mfg Settings", "Bottle Mfg Settings")
	frappe.local.response = frappe._dict(docs=[])
	frappe.clear_messages()


@pytest.fixture
def factory(db: Any) -> Any:
	"""A factory of the test's own: items, partners and a warehouse that no other test touches."""
	from tests.factory import Factory

	return Factory()


@pytest.fixture
def first_day(db: Any) -> Iterator[None]:
	"""The site shows the first steps, and none is taken. Afterwards all are, as in a factory that works."""
	import frappe

	from bottle_mfg.glance.onboarding import NAME, STEPS

	def put(shown: int, taken: int) -> None:
		db.rollback()
		db.set_single_value("System Settings", "enable_onboarding", shown)
		db.set_value("Module Onboarding", NAME, "is_complete", taken)
		for step in STEPS:
			db.set_value("Onboarding Step", step, {"is_complete": taken, "is_skipped": 0})
		db.commit()
		frappe.clear_document_cache("System Settings", "System Settings")

	put(1, 0)
	yield
	put(0, 1)


@pytest.fixture(scope="session")
def url(site: str) -> str:
	return os.environ["BOTTLE_URL"]


def limit_requests(a_minute: int) -> int:
	"""Let each user call each route so often in a minute (0: as he likes); gives what it was."""
	import frappe

	settings = frappe.get_doc("Bottle Mfg Settings")
	before = settings.requests_per_minute
	settings.requests_per_minute = a_minute
	settings.save()
	frappe.db.commit()
	return before


def make_user(email: str, role: str) -> None:
	"""A user with this role and no other: Frappe makes the first user of a site a System Manager, unasked."""
	import frappe

	if not frappe.db.exists("User", email):
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": email.split("@")[0].title(),
				"send_welcome_email": 0,
				"new_password": PASSWORD,
				"roles": [{"role": role}],
			}
		)
		user.flags.no_welcome_mail = True
		user.insert(ignore_permissions=True)  # the session's user is Administrator
	elif not frappe.db.exists("Has Role", {"parenttype": "User", "parent": email, "role": role}):
		frappe.get_doc("User", email).add_roles(role)  # who left when an earlier run was over
	frappe.db.delete("Has Role", {"parenttype": "User", "parent": email, "role": ("!=", role)})
	frappe.clear_cache(user=email)


def leave(email: str) -> None:
	"""A user of one test's own has no role any more: nobody tells him what concerns a role."""
	import frappe

	frappe.db.rollback()
	frappe.db.delete("Has Role", {"parenttype": "User", "parent": email})
	frappe.db.commit()
	frappe.clear_cache(user=email)
