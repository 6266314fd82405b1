"""Answers of reports that are kept for as long as nothing changed, for who may see just that."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable
from functools import wraps
from typing import Any

import frappe
from frappe.permissions import get_role_permissions, get_user_permissions
from frappe.utils import nowdate

from bottle_mfg import __version__
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.doctypes import DOCUMENTS, LEDGER, MASTERS
from bottle_mfg.reporting.data_version import data_version
from bottle_mfg.reporting.paging import is_whole

Execute = Callable[..., tuple[Any, ...]]

SECONDS = 24 * 60 * 60
"""How long an answer that nobody asks for again takes up memory."""

LARGEST = 2 * 1024 * 1024
"""Bytes of the largest answer that is kept."""

_PREFIX = "bottle_mfg_report"
_BYTES = 16
_READ = (*MASTERS, *DOCUMENTS, *LEDGER)


def kept(execute: Execute) -> Execute:
	"""A report's `execute` that computes an answer once, until something changed, a day began or rights did.

	An answer is stored with the `data_version` that its transaction saw, and given only to a transaction that sees
	the same: what is shown is never older than the database. Filters that are refused are not kept.
	"""

	@wraps(execute)
	def run(filters: Any = None) -> tuple[Any, ...]:
		# What is whole is too large for this, or its filters name a page that it is not.
		version = None if is_whole() else data_version()
		if version is None:
			return execute(filters)
		cache, key = frappe.cache(), _key(execute.__module__, filters)
		found = cache.get_value(key, expires=True)
		if found and found[0] == version:
			return pickle.loads(found[1])
		answer = execute(filters)
		packed = pickle.dumps(answer)
		if len(packed) <= LARGEST:
			cache.set_value(key, (version, packed), expires_in_sec=SECONDS)
		return answer

	return run


def forget() -> None:
	"""Drop all that is kept: for who changes what posting wrote without posting."""
	frappe.cache().delete_keys(_PREFIX)


def _key(report: str, filters: Any) -> str:
	"""Names an answer: by what was asked, when, in which words, and what the user may see."""
	user = frappe.session.user
	asked = [
		__version__,
		report,
		filters,
		nowdate(),
		frappe.local.lang,
		frappe.db.get_default("currency"),
		frappe.cache().get_value("metadata_version"),
		user,
		sorted(frappe.get_roles(user)),
		[(doctype, get_role_permissions(doctype, user=user), may_see_costs(doctype)) for doctype in _READ],
		get_user_permissions(user),
	]
	text = json.dumps(asked, sort_keys=True, default=str)
	return f"{_PREFIX}:{hashlib.blake2b(text.encode(), digest_size=_BYTES).hexdigest()}"
