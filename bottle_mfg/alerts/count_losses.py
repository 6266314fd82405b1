"""A count that writes off more than the limit: told to the managers, as it says what goods are worth.

A worker tells as soon as it is submitted; of what was lost on the way to him, the daily job.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime

from bottle_mfg.alerts import afterwards, known
from bottle_mfg.alerts.kinds import COUNT_LOSS, limit_of
from bottle_mfg.alerts.overdue import money
from bottle_mfg.alerts.telling import MANAGER, Message, bold, tell, who_may_read
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.numbers import stored

NEWS = 7
"""Days after which the daily job tells no more of a submit."""

_COUNT = "Bottle Stock Count"


def note(count: Any) -> None:
	"""After the commit, have a worker tell of a submitted count that wrote off too much."""
	limit = limit_of(COUNT_LOSS)
	if limit is not None and stored(count.lost_value) > limit:
		afterwards.after_commit(lambda: afterwards.leave_to_worker("count_losses.look", count=count.name))


def look(count: str) -> None:
	"""Tell of a count, once. For a worker: commits."""
	doc = frappe.get_doc(_COUNT, count)
	if doc.docstatus == 1 and known.claim(COUNT_LOSS, _COUNT, [count]):
		for user in who_may_read(_COUNT, count, MANAGER):
			if may_see_costs(_COUNT, user):
				tell(user, lambda: Message(_text(doc), _COUNT, count))
	frappe.db.commit()


def look_at_all() -> None:
	"""Tell of the counts of the last days of which nobody was told: the daily job. Commits."""
	limit = limit_of(COUNT_LOSS)
	if limit is None:
		return
	# The ledger knows when a count was submitted. Later corrections move `modified`, too.
	counts = frappe.db.sql(
		"""select count.name from `tabBottle Stock Count` count
		where count.modified >= %(since)s and count.docstatus = 1 and count.lost_value > %(limit)s and (
			select min(entry.creation) from `tabBottle Ledger Entry` entry
			where entry.voucher_no = count.name and entry.voucher_type = %(count)s
		) >= %(since)s order by count.name""",
		{"since": add_days(now_datetime(), -NEWS), "limit": limit, "count": _COUNT},
		pluck=True,
	)
	told = known.told(COUNT_LOSS, _COUNT, counts)
	for count in counts:
		if count not in told:
			look(count)


def _text(doc: Any) -> str:
	return _("Goods worth {0} were missing in {1} ({2})").format(
		money(stored(doc.lost_value)), bold(doc.warehouse), doc.name
	)
