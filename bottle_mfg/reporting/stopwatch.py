"""Keeps Frappe from taking a report for a slow one that refused to run, or that went into a file as a whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

import frappe

from bottle_mfg.reporting.paging import is_whole

Execute = Callable[..., tuple[Any, ...]]


def stopped_on_error(execute: Execute) -> Execute:
	"""A report's `execute` that leaves no timer behind when it raises.

	Frappe sets one before each run. After 15 seconds it turns the report, for everybody, into one that is
	prepared in the background, and a run that raises does not stop it: one wrong date would be enough.
	A run of the same report by another thread of the process just goes without its timer.

	Nor does a run of the whole report count: a screen shows a page of it, and stays as fast as it was.
	"""
	report = execute.__module__.rpartition(".")[2]

	@wraps(execute)
	def run(filters: Any = None) -> tuple[Any, ...]:
		if is_whole():
			stop_timers(report)
		try:
			return execute(filters)
		except BaseException:
			stop_timers(report)
			raise

	return run


def stop_timers(report: str) -> None:
	"""Cancel what would mark a report of this site (given by its module's name) as slow."""
	for thread in threading.enumerate():
		if isinstance(thread, threading.Timer) and thread.function.__name__ == "enable_prepared_report":
			watched, site = thread.kwargs.get("report"), thread.kwargs.get("site")
			if frappe.scrub(watched or "") == report and site == frappe.local.site:
				thread.cancel()
