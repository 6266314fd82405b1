"""Moving average costing and production cost.

Perpetual weighted average: after each receipt the unit cost is the balance's value over its quantity, and an
issue leaves at it (IAS 2, paragraph 27). What is produced carries the value of what was consumed for it plus the
cost of converting it (IAS 2, paragraphs 10 and 12); normal losses make the good units dearer.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from bottle_mfg.ledger.errors import InsufficientStock, Shortage
from bottle_mfg.ledger.numbers import ZERO, add, divide
from bottle_mfg.ledger.types import Balance, Basis, Entry, Key, Movement


def unit_cost(balance: Balance) -> Decimal:
	"""The moving average, currency per unit to 4 places; zero where nothing is held."""
	return divide(balance.value, Decimal(1), balance.quantity) if balance.quantity else ZERO


def receive(balance: Balance, quantity: Decimal, value: Decimal) -> Balance:
	"""The balance after `quantity` units worth `value` in total came in.

	Raises `ValueError` for a quantity that is not above zero or a value below it.
	"""
	if quantity <= 0 or value < 0:
		raise ValueError(f"cannot receive {quantity} units worth {value}")
	return Balance(add(balance.quantity, quantity), add(balance.value, value))


def issue(balance: Balance, quantity: Decimal) -> tuple[Decimal, Balance]:
	"""The value that leaves with `quantity` units at average, and the balance after them.

	The last units take the whole remaining value, so that an empty balance is worth exactly nothing. Raises
	`ValueError` for a quantity that is not above zero or above what is held.
	"""
	if quantity <= 0 or quantity > balance.quantity:
		raise ValueError(f"cannot issue {quantity} of {balance.quantity} units")
	if quantity == balance.quantity:
		return balance.value, Balance()
	value = divide(balance.value, quantity, balance.quantity)
	return value, Balance(add(balance.quantity, -quantity), add(balance.value, -value))


def value_movements(movements: Iterable[Movement], balances: Mapping[Key, Balance]) -> list[Entry]:
	"""Value a document's movements, in their order, against the balances it finds.

	`balances` is left as it is; a key missing in it holds nothing. A `PRODUCED` receipt has to come after the
	issues of its row. Raises `InsufficientStock` with every short key before anything is valued, and
	`ValueError` where two receipts of one row would claim the same issues.
	"""
	movements = list(movements)
	_refuse_shortages(movements, balances)
	held = dict(balances)
	consumed: dict[str, Decimal] = {}
	entries = []
	for movement in movements:
		balance = held.get(movement.key, Balance())
		if movement.basis is Basis.AVERAGE:
			taken, after = issue(balance, -movement.quantity)
			consumed[movement.row] = add(consumed.get(movement.row, ZERO), taken)
			value = -taken
		else:
			value = movement.declared
			if movement.basis is Basis.PRODUCED:
				if movement.row not in consumed:
					raise ValueError(f"row {movement.row!r} produces from nothing")
				value = add(value, consumed.pop(movement.row))
			after = receive(balance, movement.quantity, value)
		held[movement.key] = after
		entries.append(Entry(movement, value, after))
	return entries


def _refuse_shortages(movements: list[Movement], balances: Mapping[Key, Balance]) -> None:
	running: dict[Key, Decimal] = {}
	lowest: dict[Key, Decimal] = {}
	for movement in movements:
		key = movement.key
		held = balances.get(key, Balance()).quantity
		running[key] = add(running.get(key, held), movement.quantity)
		lowest[key] = min(lowest.get(key, ZERO), running[key])
	shortages = [
		Shortage(
			key.item,
			key.warehouse,
			available=balances.get(key, Balance()).quantity,
			requested=balances.get(key, Balance()).quantity - low,
		)
		for key, low in lowest.items()
		if low < 0
	]
	if shortages:
		raise InsufficientStock(shortages)
