"""Processes beside the test's own: forked from it, so that nothing has to be imported again."""

from __future__ import annotations

import multiprocessing

FORK = multiprocessing.get_context("fork")


def connect(site: str) -> None:
	"""Give a forked process a connection of its own; the test's stays the test's."""
	import frappe

	frappe.init(site=site, sites_path=".", force=True)
	frappe.connect()
	frappe.set_user("Administrator")
