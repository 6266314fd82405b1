"""The example programs of the documentation do what they say, over a good line and over a bad one."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PASSWORD
from tests.rest.conftest import token
from tests.rest.unreliable import unreliable

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PROGRAMS = {
	"python": [sys.executable, str(EXAMPLES / "python" / "a_day.py")],
	"javascript": ["node", str(EXAMPLES / "javascript" / "a_day.mjs")],
}
MANAGER = "manager@bottle.test"
PRINTED = """\
bought 1000 preforms for 2000.00
blew 950 bottles at 2.1053
sold 100 bottles for 400.00, profit 189.47
sent again: the same sale
other content: 409 idempotency_conflict
insufficient_stock: 850 of 10000, 9150 short
sold 50 bottles
received 400.00
sales of the customer: 2
left: 800 bottles
"""


def run(language: str, url: str, shop: Any, **environment: str) -> str:
	named = ["supplier", "customer", "preform", "bottle", "warehouse"]
	options = [part for name in named for part in (f"--{name}", getattr(shop, name))]
	done = subprocess.run(
		[*PROGRAMS[language], url, *options],
		env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
		capture_output=True,
		text=True,
		timeout=120,
		check=False,
	)
	assert done.returncode == 0, done.stderr
	return done.stdout


def check(shop: Any, db: Any) -> None:
	"""One purchase, one blow, one sale and one payment, whatever the line did."""
	db.rollback()
	assert shop.stock(shop.preform)[0] == 0
	assert shop.stock(shop.bottle)[0] == Decimal(800)
	sales = db.get_all("Bottle Sale", {"customer": shop.customer}, ["docstatus", "payment_status", "owner"])
	found = {(one.docstatus, one.payment_status, one.owner) for one in sales}
	assert (len(sales), found) == (2, {(1, "Paid", MANAGER), (1, "Pending", MANAGER)})
	assert db.count("Bottle Payment", {"party": shop.customer}) == 1
	assert db.count("Bottle Purchase", {"supplier": shop.supplier}) == 1


@pytest.mark.parametrize("language", PROGRAMS)
def test_with_a_bearer_token(language: str, shop: Any, app: Any, url: str, db: Any) -> None:
	who = {"BOTTLE_CLIENT_ID": app.client_id, "BOTTLE_USER": MANAGER, "BOTTLE_PASSWORD": PASSWORD}
	assert run(language, url, shop, **who) == PRINTED
	check(shop, db)


@pytest.mark.parametrize("language", PROGRAMS)
def test_with_an_api_key_over_a_bad_line(language: str, shop: Any, url: str, db: Any) -> None:
	key = token(MANAGER).removeprefix("token ")
	with unreliable(url) as (line, said):
		assert run(language, line, shop, BOTTLE_API_KEY=key) == PRINTED
	assert said[429] >= 5 and said[503] >= 5, "each of the five documents was put off, and lost, once"
	check(shop, db)
