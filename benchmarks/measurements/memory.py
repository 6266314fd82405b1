"""What a web worker holds in memory after many submits: real requests to the real application."""

from __future__ import annotations

import gc
import json
import multiprocessing
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import frappe
from werkzeug.test import Client

from benchmarks import site
from benchmarks.figures import Result
from benchmarks.goods import Goods, make_goods
from benchmarks.machine import resident
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage


def flat(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""The memory of a process that answered so many requests, beside its own after the first half of them."""
	stage.empty()
	goods = make_goods()
	key = _api_key()
	_lift_the_limit()
	frappe.db.commit()
	context = multiprocessing.get_context("spawn")
	with context.Pool(1) as pool:
		early, late = pool.apply(_serve, (goods, key, frappe.local.site, sizes.requests))
	frappe.db.rollback()
	yield Result(
		f"memory after {sizes.requests:,} sales over REST",
		late / early,
		f"× after {sizes.requests // 2:,}",
		most=1.02,
		note=f"{early:.0f} MB, then {late:.0f} MB",
	)


def _api_key() -> str:
	user = frappe.get_doc("User", "Administrator")
	user.api_key = user.api_key or frappe.generate_hash(length=15)
	user.api_secret = secret = frappe.generate_hash(length=15)
	user.save()
	return f"token {user.api_key}:{secret}"


def _lift_the_limit() -> None:
	"""One user sells here more in a minute than a factory does in a day."""
	settings = frappe.get_doc("Bottle Mfg Settings")
	settings.requests_per_minute = 0
	settings.save()


def _serve(goods: Goods, key: str, name: str, requests: int) -> tuple[float, float]:
	"""Answer the requests in this process as a worker would; its megabytes halfway, and at the end."""
	site.connect()
	frappe.destroy()
	app = import_module("frappe.app")  # reads the environment when it is loaded
	app._site = name
	client = Client(app.application)
	early = 0.0
	for number in range(1, requests + 1):
		_sell(client, goods, key, name)
		if number == requests // 2:
			early = _settled()
	return early, _settled()


def _settled() -> float:
	"""Megabytes that stay once the garbage is collected: when Python does that by itself is left to chance."""
	gc.collect()
	return resident()


def _sell(client: Any, goods: Goods, key: str, name: str) -> None:
	answer = client.post(
		"/api/resource/Bottle%20Sale",
		data=json.dumps({**goods.sale(), "docstatus": 1}),
		content_type="application/json",
		headers={"Authorization": key, "Host": name, "X-Frappe-Site-Name": name},
	)
	if answer.status_code != 201:
		raise AssertionError(f"{answer.status_code}: {answer.get_data(as_text=True)[:500]}")
	answer.close()
