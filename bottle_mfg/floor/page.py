"""What the page of the screen begins with. It keeps it for the days when it opens without a connection."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlparse

import frappe
from frappe.sessions import get_csrf_token
from frappe.utils import get_assets_json, get_url_to_form
from frappe.utils.data import get_system_timezone

from bottle_mfg.api.shop_floor import shop_floor
from bottle_mfg.floor.offered import offered
from bottle_mfg.floor.words import of_shifts, words

BUNDLES = ("bottle_floor.bundle.js", "bottle_floor.bundle.css")


def beginning() -> dict[str, Any]:
	"""The user and his token, what there is to choose from, the words, and how the day stands."""
	return {
		"user": frappe.session.user,
		"full_name": frappe.utils.get_fullname(frappe.session.user),
		"csrf_token": get_csrf_token(),
		"build": build(),
		"lang": frappe.local.lang,
		"time_zone": get_system_timezone(),
		"user_time_zone": frappe.db.get_value("User", frappe.session.user, "time_zone")
		or get_system_timezone(),
		"desk": urlparse(get_url_to_form("Blow", "x")).path.rpartition("/blow/")[0],
		"number_format": frappe.db.get_default("number_format") or "#,###.##",
		"words": words(),
		"shift_names": of_shifts(),
		"reason_names": {one: frappe._(one) for one in offered_reasons()},
		"offered": offered(),
		"floor": shop_floor(),
	}


def offered_reasons() -> list[str]:
	"""All that a Blow may state as a reason."""
	return [one for one in (frappe.get_meta("Blow Reject").get_options("reason") or "").split("\n") if one]


def build() -> str:
	"""A name for the scripts and styles of this version, other than that of any other version."""
	assets = get_assets_json()
	return hashlib.sha256(" ".join(str(assets.get(one)) for one in BUNDLES).encode()).hexdigest()[:12]
