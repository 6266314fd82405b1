"""Moving average costing, production cost and the cost of what comes back.

Perpetual weighted average: after each receipt the unit cost is the balance's value over its quantity, and an
issue leaves at it (IAS 2, paragraph 27). What is produced carries the value of what was consumed for it plus the
cost of converting it, less the value of by-products (IAS 2, paragraphs 10, 12 and 14); normal losses make the
good units dearer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bottle_mfg.ledger.errors import InsufficientStock, Shortage
from bottle_mfg.ledger.numbers import VALUE_PLACES, ZERO, add, divide
from bottle_mfg.ledger.parts import Part, share_of
from bottle_mfg.ledger.types import Balance, Basis, Entry, Issued, Key, Movement


@dataclass
class Pool:
	"""What the issues of one production took out so far, and how much of it by-products were credited with."""

	consumed: Decimal = ZERO
	credited: Decimal = ZERO


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
	return _take(balance, quantity, divide(balance.value, quantity, balance.quantity))


def give_back(balance: Balance, quantity: Decimal, declared: Decimal) -> tuple[Decimal, Balance]:
	"""The value that leaves with `quantity` units worth `declared` to who takes them back, and the balance after.

	No more leaves than is held, and with the last units all of it; what `declared` differs by is a gain or a loss.
	Raises `ValueError` as `issue` does.
	"""
	if quantity <= 0 or quantity > balance.quantity:
		raise ValueError(f"cannot give back {quantity} of {balance.quantity} units")
	return _take(balance, quantity, min(declared, balance.value))


def _take(balance: Balance, quantity: Decimal, value: Decimal) -> tuple[Decimal, Balance]:
	if quantity == balance.quantity:
		return balance.value, Balance()
	return value, Balance(add(balance.quantity, -quantity), add(balance.value, -value))


def value_movement(movement: Movement, balance: Balance, pool: Pool, issued: Issued | None = None) -> Entry:
	"""Value one movement against the balance it finds.

	`pool` is of the movement's row and is kept up to date; `issued` is what a `RETURNED` receipt's origin took
	out. Raises `ValueError` for a movement that cannot be: more than there is, a return without origin.
	"""
	basis, quantity = movement.basis, movement.quantity
	if quantity < 0:
		if basis is Basis.DECLARED:
			taken, after = give_back(balance, -quantity, movement.declared)
		else:
			taken, after = issue(balance, -quantity)
			pool.consumed = add(pool.consumed, taken)
		return Entry(movement, -taken, after)
	value = movement.declared
	if basis is Basis.AVERAGE and balance.quantity:
		value = divide(balance.value, quantity, balance.quantity)
	elif basis is Basis.CREDITED:
		value = min(value, add(pool.consumed, -pool.credited))
		pool.credited = add(pool.credited, value)
	elif basis is Basis.PRODUCED:
		value = add(value, add(pool.consumed, -pool.credited))
	elif basis is Basis.RETURNED:
		if issued is None or movement.origin is None:
			raise ValueError(f"row {movement.row!r} returns nothing that was issued")
		part = Part(movement.origin.start, quantity)
		value = share_of(issued.value, part, issued.quantity, VALUE_PLACES)
	return Entry(movement, value, receive(balance, quantity, value))


def value_movements(
	movements: Iterable[Movement],
	balances: Mapping[Key, Balance],
	issued: Mapping[str, Issued] | None = None,
) -> list[Entry]:
	"""Value a document's movements, in their order, against the balances it finds.

	`balances` is left as it is; a key missing in it holds nothing. `issued` has what the origins of returns took
	out, by row. The receipts of a production have to come after the issues of its row, the `PRODUCED` one last.
	Raises `InsufficientStock` with every short key before anything is valued, and `ValueError` where a receipt
	is produced from nothing, or two would claim the same issues.
	"""
	movements = list(movements)
	_refuse_shortages(movements, balances)
	held = dict(balances)
	pools: dict[str, Pool] = {}
	entries = []
	for movement in movements:
		produced = movement.basis is Basis.PRODUCED
		if produced and movement.row not in pools:
			raise ValueError(f"row {movement.row!r} produces from nothing")
		pool = pools.setdefault(movement.row, Pool())
		origin = (issued or {}).get(movement.origin.row) if movement.origin else None
		entry = value_movement(movement, held.get(movement.key, Balance()), pool, origin)
		held[movement.key] = entry.balance
		entries.append(entry)
		if produced:
			del pools[movement.row]
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
