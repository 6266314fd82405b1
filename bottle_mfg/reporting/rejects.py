"""Rejects by reason or by stage, the largest first: what is worth looking into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.production import Loss, Made

REASON, STAGE = "Reason", "Stage"


@dataclass
class Share:
	"""What was rejected for one reason (or at one stage), in pieces, with the `parts` of it by stage (or reason).

	`cost` is in currency, `percent` of all rejects, and `cumulative` that of this one and all larger ones. `name` is
	empty for what no reason was given for.
	"""

	name: str
	quantity: Decimal = ZERO
	cost: Decimal = ZERO
	percent: Decimal = ZERO
	cumulative: Decimal = ZERO
	parts: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def shares(losses: Iterable[Loss], total: Made, by: str) -> list[Share]:
	"""The rejects of `total`, the largest first, with what has no reason at the end: together they are all of them."""
	found: dict[str, Share] = {}
	for loss in losses:
		name, part = (loss.reason, loss.stage) if by == REASON else (loss.stage, loss.reason)
		share = found.setdefault(name, Share(name))
		share.quantity += loss.quantity
		share.cost += loss.cost
		share.parts[part] += loss.quantity
	ordered = sorted(found.values(), key=lambda share: (-share.quantity, share.name))
	unexplained = total.reject_quantity - sum((share.quantity for share in ordered), ZERO)
	if unexplained:
		ordered.append(Share("", unexplained))
	if ordered:
		ordered[-1].cost += total.reject_cost - sum((share.cost for share in ordered), ZERO)
	so_far = ZERO
	for share in ordered:
		so_far += share.quantity
		share.percent = percent(share.quantity, total.reject_quantity)
		share.cumulative = percent(so_far, total.reject_quantity)
	return ordered


def percent(part: Decimal, whole: Decimal) -> Decimal:
	"""To 2 places; 0 of nothing."""
	return round(part * 100 / whole, 2) if whole else ZERO
