"""The stock ledger's arithmetic: pure Python on `Decimal`, without Frappe and without a database.

`value_movements` turns what a document moves into ledger entries; everything else here serves it. Quantities
are in the item's unit of measure to 3 places, values in the site's currency to 4.
"""

from bottle_mfg.ledger.errors import InsufficientStock, Shortage
from bottle_mfg.ledger.numbers import (
	QUANTITY_PLACES,
	VALUE_PLACES,
	ZERO,
	divide,
	quantity,
	value,
)
from bottle_mfg.ledger.spread import spread
from bottle_mfg.ledger.types import Balance, Basis, Entry, Key, Movement
from bottle_mfg.ledger.valuation import issue, receive, unit_cost, value_movements

__all__ = [
	"QUANTITY_PLACES",
	"VALUE_PLACES",
	"ZERO",
	"Balance",
	"Basis",
	"Entry",
	"InsufficientStock",
	"Key",
	"Movement",
	"Shortage",
	"divide",
	"issue",
	"quantity",
	"receive",
	"spread",
	"unit_cost",
	"value",
	"value_movements",
]
