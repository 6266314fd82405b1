"""How many requests a user may send to a route in a minute. Redis counts, for all web servers together."""

from __future__ import annotations

import math

import frappe
from frappe import _
from frappe.utils import cint
from redis.exceptions import RedisError

from bottle_mfg.api.routes import Route
from bottle_mfg.errors import TooManyRequestsError, throw

USUAL_LIMIT = 100
WINDOW = 60_000
"""Milliseconds that a request counts."""

# The times of the requests of the last minute, the latest first. There is room for another one if the one that came
# `limit` ago is a minute old. Answers in how many milliseconds there will be room, 0 where there is.
_COUNT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest = redis.call('LINDEX', KEYS[1], limit - 1)
if oldest and now - oldest < window then
	return window - (now - oldest)
end
redis.call('LPUSH', KEYS[1], now)
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], window)
return 0
"""


def count(route: Route) -> None:
	"""Count a request. Raises `TooManyRequestsError` where the user has had his share of this minute.

	A request that is refused does not count. Where Redis does not answer nobody is kept out.
	"""
	limit = requests_per_minute()
	if not limit:
		return
	cache = frappe.cache()
	try:
		wait = cache.register_script(_COUNT)(keys=[_key(cache, route)], args=[limit, WINDOW])
	except RedisError:
		frappe.logger("bottle_mfg").warning("Requests are not counted: Redis does not answer", exc_info=True)
		return
	if wait:
		seconds = math.ceil(wait / 1000)
		sentence = _("More than {0} requests in a minute. Please go on in {1} seconds.")
		throw(TooManyRequestsError(sentence.format(limit, seconds), retry_after=seconds))


def requests_per_minute() -> int:
	"""How often a user may call a route in a minute; 0: as often as he likes."""
	stated = frappe.get_cached_doc("Bottle Mfg Settings").requests_per_minute
	return USUAL_LIMIT if stated is None else cint(stated)


def _key(cache: object, route: Route) -> bytes:
	"""The name of the list: a guest is known by his address."""
	user = frappe.session.user
	who = frappe.local.request_ip if user == "Guest" else user
	what = route.method or f"{route.verb} {route.doctype}{'' if route.is_list else '/'}"
	return cache.make_key(f"bottle_mfg_requests|{who}|{what}")
