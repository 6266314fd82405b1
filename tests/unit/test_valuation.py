from decimal import Decimal as D

import pytest

from bottle_mfg.ledger import (
	Balance,
	Basis,
	InsufficientStock,
	Key,
	Movement,
	Shortage,
	issue,
	receive,
	unit_cost,
	value_movements,
)

PRE, BTL, CAP = Key("PRE", "Store"), Key("BTL", "Store"), Key("CAP", "Store")


def bought(key: Key, quantity: str, value: str) -> Movement:
	return Movement(*key, D(quantity), Basis.DECLARED, D(value))


def issued(key: Key, quantity: str, row: str = "") -> Movement:
	return Movement(*key, -D(quantity), Basis.AVERAGE, row=row)


def produced(key: Key, quantity: str, conversion: str = "0", row: str = "") -> Movement:
	return Movement(*key, D(quantity), Basis.PRODUCED, D(conversion), row)


@pytest.mark.parametrize(("conversion", "each"), [("0", "2.1053"), ("500", "2.6316")])
def test_rejects_make_the_good_bottles_dearer(conversion: str, each: str) -> None:
	entries = value_movements(
		[bought(PRE, "1000", "2000"), issued(PRE, "1000"), produced(BTL, "950", conversion)], {}
	)
	assert [entry.value for entry in entries] == [D(2000), D(-2000), D(2000) + D(conversion)]
	assert entries[-1].unit_cost == D(each)


def test_the_sale_of_the_seed_case() -> None:
	[sold] = value_movements([issued(BTL, "100")], {BTL: Balance(D(950), D(2000))})
	assert sold.value == D("-210.5263")
	assert sold.balance == Balance(D(850), D("1789.4737"))
	assert unit_cost(sold.balance) == D("2.1053")


def test_average_moves_with_receipts_only() -> None:
	balance = receive(Balance(D(100), D(200)), D(100), D(400))
	assert unit_cost(balance) == D(3)
	taken, after = issue(balance, D(50))
	assert taken == D(150)
	assert unit_cost(after) == D(3)


@pytest.mark.parametrize(
	("value", "quantity", "held", "taken"),
	[
		("1", "1", "3", "0.3333"),
		("2", "1", "3", "0.6667"),
		("0.0001", "1", "2", "0.0000"),
		("0.0003", "1", "2", "0.0002"),
		("0.0005", "0.001", "0.002", "0.0002"),
		("99999999999.9999", "333333333.333", "999999999.999", "33333333333.3333"),
	],
)
def test_division_rounds_once_half_even(value: str, quantity: str, held: str, taken: str) -> None:
	assert issue(Balance(D(held), D(value)), D(quantity))[0] == D(taken)


def test_the_last_issue_takes_the_remainder() -> None:
	balance = Balance(D(3), D(1))
	taken = []
	for _ in range(3):
		value, balance = issue(balance, D(1))
		taken.append(value)
	assert taken == [D("0.3333"), D("0.3334"), D("0.3333")]
	assert balance == Balance(D(0), D(0))


def test_goods_for_nothing_are_worth_nothing() -> None:
	[received, gone] = value_movements([bought(PRE, "10", "0"), issued(PRE, "10")], {})
	assert received.balance == Balance(D(10), D(0))
	assert gone.value == 0


def test_every_short_item_is_named_and_nothing_is_valued() -> None:
	held = {PRE: Balance(D(5), D(10)), BTL: Balance(D(10), D(30))}
	with pytest.raises(InsufficientStock) as caught:
		value_movements(
			[issued(PRE, "3"), issued(CAP, "1"), issued(BTL, "10"), issued(PRE, "4")],
			held,
		)
	assert caught.value.shortages == [
		Shortage("PRE", "Store", available=D(5), requested=D(7)),
		Shortage("CAP", "Store", available=D(0), requested=D(1)),
	]
	assert [short.shortage for short in caught.value.shortages] == [D(2), D(1)]
	assert held == {PRE: Balance(D(5), D(10)), BTL: Balance(D(10), D(30))}


def test_an_issue_before_its_receipt_is_short_even_within_one_document() -> None:
	with pytest.raises(InsufficientStock):
		value_movements([issued(PRE, "1"), bought(PRE, "1", "2")], {})


def test_a_production_takes_in_the_issues_of_its_own_row_only() -> None:
	held = {PRE: Balance(D(10), D(20)), CAP: Balance(D(10), D(5))}
	entries = value_movements(
		[
			issued(PRE, "10", "a"),
			issued(CAP, "10", "b"),
			produced(BTL, "10", row="a"),
			produced(BTL, "10", "1", row="b"),
		],
		held,
	)
	assert [entry.value for entry in entries[2:]] == [D(20), D(6)]


def test_two_productions_cannot_claim_the_same_issues() -> None:
	with pytest.raises(ValueError, match="produces from nothing"):
		value_movements(
			[issued(PRE, "1"), produced(BTL, "1"), produced(BTL, "1")], {PRE: Balance(D(1), D(2))}
		)


@pytest.mark.parametrize(("quantity", "value"), [("0", "1"), ("-1", "1"), ("1", "-0.0001")])
def test_what_cannot_be_received(quantity: str, value: str) -> None:
	with pytest.raises(ValueError, match="cannot receive"):
		receive(Balance(), D(quantity), D(value))


@pytest.mark.parametrize("quantity", ["0", "-1", "1.001"])
def test_what_cannot_be_issued(quantity: str) -> None:
	with pytest.raises(ValueError, match="cannot issue"):
		issue(Balance(D(1), D(1)), D(quantity))
