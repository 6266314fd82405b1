"""The factory is in Kolkata. Who looks at it from elsewhere sees times as his own, and enters what is of the factory's day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.zones import KOLKATA, NEW_YORK, kolkata, live_in

__all__ = ["kolkata"]

FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""Between them a day is never the same for both: one of them has another day than Kolkata at any moment."""
MOST_SECONDS = 600


def test_times_are_the_readers_and_days_the_factorys(
	kolkata: None, factory: Any, desk_of: Callable[[str], Desk], db: Any
) -> None:
	factory.purchase(10, 1, date=str(add_days(nowdate(), -10))).submit()
	bought = factory.purchase().submit()
	db.commit()
	stored = db.get_value("Bottle Ledger Entry", {"voucher_no": bought.name}, "posting_datetime")
	there = datetime.now(ZoneInfo(KOLKATA)).replace(tzinfo=None)
	assert abs((there - stored).total_seconds()) < MOST_SECONDS, "what is stored is the site's time"
	assert str(bought.date) == str(stored.date())

	live_in(db, NEW_YORK)
	desk = desk_of("manager")
	desk.open(f"query-report/Bottle%20Stock%20Ledger?voucher_no={bought.name}")
	here = stored.replace(tzinfo=ZoneInfo(KOLKATA)).astimezone(ZoneInfo(NEW_YORK))
	row = desk.page.locator(".datatable:visible .dt-row", has_text=bought.name)
	expect(row).to_contain_text(here.strftime("%H:%M:%S"))

	for zone in FAR:
		live_in(db, zone)
		desk.new("Bottle Sale")
		assert desk.page.evaluate("frappe.boot.time_zone.user") == zone
		day = datetime.now(ZoneInfo(KOLKATA)).date()
		assert desk.page.evaluate("cur_frm.doc.date") == str(day)
		assert desk.page.evaluate("bottle_mfg.today()") == str(day)
		desk.open(f"bottle-item/{factory.preform}")
		drawn = desk.page.locator(".form-dashboard path.bottle-line").get_attribute("d")
		assert re.findall("H([0-9.]+)", drawn) == ["600.0", "600.0"], "the cost of today is at today's end"
		desk.open("query-report/Bottle Slow Movers")
		asked = "() => window.frappe.query_report?.filters && frappe.query_report.get_filter_value('date')"
		assert desk.page.wait_for_function(asked).json_value() == str(day)
