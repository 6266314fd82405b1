"""The demo's story, for any today: told in order, of goods that are there, with something to see this month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

TODAYS = [date(2026, 11, 22), date(2026, 12, 1), date(2027, 2, 1), date(2028, 2, 29), date(2027, 1, 3)]


@pytest.mark.parametrize("today", TODAYS)
def test_every_day_is_told_in_order(bench: object, today: date) -> None:
	from bottle_mfg.demo.story import story

	events = list(story(today))
	assert [event.day for event in events] == sorted(event.day for event in events)
	timed = [(event.day, event.at) for event in events if event.at]
	assert timed == sorted(timed)
	assert all((event.at is None) == (event.day == today) for event in events)
	assert all(event.day.weekday() != 6 or event.day == today for event in events)


@pytest.mark.parametrize("today", TODAYS)
def test_this_month_and_the_last_have_figures(bench: object, today: date) -> None:
	from bottle_mfg.demo.story import Order, Run, story

	events = list(story(today))
	last_month = today.replace(day=1) - timedelta(days=1)
	for kind in (Order, Run):
		days = {event.day for event in events if isinstance(event, kind)}
		assert today in days
		assert any((day.year, day.month) == (last_month.year, last_month.month) for day in days)


@pytest.mark.parametrize("today", TODAYS)
def test_nothing_is_used_that_is_not_there(bench: object, today: date) -> None:
	from bottle_mfg.demo.story import Count, Delivery, Move, Order, Return, Run, story

	held: dict[str, int] = defaultdict(int)
	for event in story(today):
		match event:
			case Delivery():
				held[event.item] += event.quantity
			case Run():
				held[event.line.preform] -= event.quantity
				held[event.line.bottle] += event.good
				if event.line.label:
					assert event.labels == event.good
					held[event.line.label] -= event.labels
				assert event.good + sum(pieces for *_why, pieces in event.rejects) == event.quantity
			case Order():
				for item, pieces, _price in event.lines:
					held[item] -= pieces
			case Return():
				sign = 1 if isinstance(event.of, Order) else -1
				held[event.item] += sign * event.quantity
			case Move():
				for item, pieces in event.lines:
					held[item] -= pieces
			case Count():
				for item, pieces, reason in event.lines:
					assert bool(reason) == (pieces != held[item])
					held[item] = pieces
		assert min(held.values()) >= 0


@pytest.mark.parametrize("today", TODAYS)
def test_some_of_it_goes_the_way_back(bench: object, today: date) -> None:
	from bottle_mfg.demo.story import Delivery, Order, Return, story

	events = list(story(today))
	returns = [event for event in events if isinstance(event, Return)]
	assert {type(event.of) for event in returns} == {Delivery, Order}
	for event in returns:
		assert events.index(event.of) < events.index(event)
		assert event.of.day < event.day


@pytest.mark.parametrize("today", TODAYS)
def test_bills_are_paid_and_some_are_not(bench: object, today: date) -> None:
	from bottle_mfg.demo.events import Delivery, Order, Paid, Return
	from bottle_mfg.demo.story import story

	events = list(story(today))
	payments = [event for event in events if isinstance(event, Paid)]
	assert {type(event.of) for event in payments} == {Delivery, Order, Return}
	assert any(event.failed for event in payments)
	paid: dict[int, Decimal] = defaultdict(Decimal)
	for event in payments:
		assert events.index(event.of) < events.index(event)
		assert event.amount > 0
		paid[id(event.of)] += 0 if event.failed else event.amount
	orders = [event for event in events if isinstance(event, Order)]
	assert {min(1, round(float(paid[id(one)] / one.total) * 4) / 4) for one in orders} >= {0, 0.5, 1}
	assert all(paid[id(one)] <= one.total for one in orders)


@pytest.mark.parametrize("today", TODAYS)
def test_the_store_is_counted_and_the_shop_is_served(bench: object, today: date) -> None:
	from bottle_mfg.demo.story import Count, Move, story

	events = list(story(today))
	assert len([event for event in events if isinstance(event, Count)]) == 2
	assert len([event for event in events if isinstance(event, Move)]) > 8


def test_the_same_day_has_the_same_story(bench: object) -> None:
	from bottle_mfg.demo.story import story

	assert list(story(TODAYS[0])) == list(story(TODAYS[0]))
