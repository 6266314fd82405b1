"""The ledger's own DocTypes: read by many, written by posting alone."""

from __future__ import annotations

from typing import Any, NoReturn

import frappe
from frappe import _

from bottle_mfg.controllers.costs import HidesCosts


class LedgerDocument(HidesCosts):
	"""Refuses every change that comes through Frappe's own ways, whoever asks. Posting writes with SQL."""

	def validate(self) -> None:
		self._refuse()

	def on_trash(self) -> None:
		self._refuse()

	def before_rename(self, *args: Any) -> None:
		self._refuse()

	# What Frappe does at last, whatever flags let a call get by the checks above.

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		self._refuse()

	def db_update(self) -> None:
		self._refuse()

	def db_set(self, *args: Any, **kwargs: Any) -> None:
		self._refuse()

	def _refuse(self) -> NoReturn:
		frappe.throw(
			_("{0} is written by submitted documents only.").format(_(self.doctype)), frappe.PermissionError
		)
