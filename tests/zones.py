"""A factory in Kolkata, and people who look at it from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
import pytest

KOLKATA, NEW_YORK = "Asia/Kolkata", "America/New_York"
USER = "manager@bottle.test"


@pytest.fixture
def kolkata(db: Any) -> Iterator[None]:
	"""The site keeps the time of Kolkata."""
	before = db.get_single_value("System Settings", "time_zone")
	_set_site(db, KOLKATA)
	yield
	frappe.set_user("Administrator")
	db.rollback()
	_set_site(db, before)
	live_in(db, None)


def _set_site(db: Any, zone: str) -> None:
	db.set_single_value("System Settings", "time_zone", zone)
	db.set_default("time_zone", zone)
	db.commit()
	frappe.clear_cache()
	frappe.local.system_timezone = None


def live_in(db: Any, zone: str | None) -> None:
	"""The manager moves."""
	db.set_value("User", USER, "time_zone", zone)
	db.commit()
	frappe.clear_cache(user=USER)
