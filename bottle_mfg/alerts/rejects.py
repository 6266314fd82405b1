"""More rejects than the limit: told once for each bottle, machine, shift and day.

The runs of one shift count together, so a short run with a few bad preforms is judged with the others. What the runs
lost together is above the limit only if one of them is: no other run has to be looked at. A worker looks at one as soon
as it is submitted; at what was lost on the way to him, the daily job.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, escape_html, formatdate, getdate, nowdate

from bottle_mfg.alerts import afterwards, known
from bottle_mfg.alerts.kinds import REJECTS, limit_of
from bottle_mfg.alerts.telling import MANAGER, STOCK, Message, bold, tell, who_may_read
from bottle_mfg.controllers.numbers import day, stored
from bottle_mfg.errors import plain
from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import exact

NEWS = 7
"""Days after which a run is history: one entered later alarms nobody."""

_ITEM = "Bottle Item"


def note(blow: Any) -> None:
	"""After the commit, have a worker look at the shift of a submitted blow that lost too many itself."""
	limit = limit_of(REJECTS)
	lost = rate(stored(blow.reject_quantity), stored(blow.quantity))
	if limit is not None and lost > limit and day(blow.date) > getdate(add_days(nowdate(), -NEWS)):
		afterwards.after_commit(lambda: afterwards.leave_to_worker("rejects.look", blow=blow.name))


def rate(rejects: Decimal, quantity: Decimal) -> Decimal:
	"""Rejects in percent of the preforms, to 2 places."""
	return round(rejects * 100 / quantity, 2) if quantity else ZERO


def look(blow: str) -> None:
	"""Tell if the shift of a blow lost more than the limit. For a worker: commits."""
	limit = limit_of(REJECTS)
	run = frappe.db.get_value("Blow", blow, ["to_item", "machine", "shift", "date"], as_dict=True)
	if limit is None or not run:
		return
	quantity, rejects = _sums(run)
	if rate(rejects, quantity) > limit and known.claim(REJECTS, _ITEM, [run.to_item], _occasion(run)):
		for user in who_may_read("Blow", blow, MANAGER, STOCK):
			tell(user, lambda: Message(_text(run, quantity, rejects, limit), "Blow", blow))
	frappe.db.commit()


def look_at_all() -> None:
	"""Tell of the shifts of the last days that lost too much, and of which nobody was told: the daily job. Commits."""
	limit = limit_of(REJECTS)
	if limit is None:
		return
	for blow in frappe.db.sql(
		"""select max(name) from `tabBlow`
		where docstatus = 1 and date > %s and round(reject_quantity * 100 / quantity, 2) > %s
		group by date, to_item, machine, shift order by 1""",
		(getdate(add_days(nowdate(), -NEWS)), limit),
		pluck=True,
	):
		look(blow)


def _sums(run: Any) -> tuple[Decimal, Decimal]:
	((quantity, rejects),) = frappe.db.sql(
		"""select cast(sum(quantity) as char), cast(sum(reject_quantity) as char) from `tabBlow`
		where docstatus = 1 and date = %s and to_item = %s and ifnull(machine, '') = %s and ifnull(shift, '') = %s""",
		(run.date, run.to_item, run.machine or "", run.shift or ""),
	)
	return exact(quantity), exact(rejects)


def _occasion(run: Any) -> str:
	return f"{run.date} {run.shift or ''} {run.machine or ''}".strip()


def _text(run: Any, quantity: Decimal, rejects: Decimal, limit: Decimal) -> str:
	where = " · ".join(filter(None, (run.machine, _(run.shift) if run.shift else "", formatdate(run.date))))
	return _("{0} % rejects of {1} ({2}): {3} of {4} preforms. The limit is {5} %").format(
		plain(rate(rejects, quantity)),
		bold(frappe.db.get_value(_ITEM, run.to_item, "item_name")),
		escape_html(where),
		plain(rejects),
		plain(quantity),
		plain(limit),
	)
