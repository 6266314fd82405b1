"""A count that writes off more than the limit: told to the managers, as it says what goods are worth."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from bottle_mfg.alerts import afterwards, known
from bottle_mfg.alerts.kinds import COUNT_LOSS, limit_of
from bottle_mfg.alerts.overdue import money
from bottle_mfg.alerts.telling import MANAGER, Message, bold, tell, who_may_read
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.numbers import stored

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


def _text(doc: Any) -> str:
	return _("Goods worth {0} were missing in {1} ({2})").format(
		money(stored(doc.lost_value)), bold(doc.warehouse), doc.name
	)
