"""The stock ledger's arithmetic: pure Python on `Decimal`, without Frappe and without a database.

`value_movements` turns what a document moves into ledger entries, `Replay` says which of the later entries a
correction of the past changes. Quantities
are in the item's unit of measure to 3 places, values in the site's currency to 4.
"""

from bottle_mfg.ledger.chain import Facts, Link, cancelled, written
from bottle_mfg.ledger.errors import InsufficientStock, InTheWay, Shortage
from bottle_mfg.ledger.numbers import (
	QUANTITY_PLACES,
	VALUE_PLACES,
	ZERO,
	divide,
	quantity,
	value,
)
from bottle_mfg.ledger.replay import (
	Books,
	Group,
	Position,
	Recount,
	Replay,
	Revalued,
	Start,
	StoredEntry,
)
from bottle_mfg.ledger.spread import spread
from bottle_mfg.ledger.types import Balance, Basis, Entry, Issued, Key, Movement, Origin
from bottle_mfg.ledger.valuation import give_back, issue, receive, unit_cost, value_movements

__all__ = [
	"QUANTITY_PLACES",
	"VALUE_PLACES",
	"ZERO",
	"Balance",
	"Basis",
	"Books",
	"Entry",
	"Facts",
	"Group",
	"InTheWay",
	"InsufficientStock",
	"Issued",
	"Key",
	"Link",
	"Movement",
	"Origin",
	"Position",
	"Recount",
	"Replay",
	"Revalued",
	"Shortage",
	"Start",
	"StoredEntry",
	"cancelled",
	"divide",
	"give_back",
	"issue",
	"quantity",
	"receive",
	"spread",
	"unit_cost",
	"value",
	"value_movements",
	"written",
]
