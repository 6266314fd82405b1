"""The Desk as a person uses it: what is on the screen, and a way to type into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Response, expect

IDLE = "() => window.frappe && frappe.request && !frappe.request.ajax_count && !frappe.dom.freeze_count"
RELAY = "/socket.io"
"""The websocket relay is no part of the tests' bench: its absence is no fault."""
REDRAWN_TOO_EARLY = ("removeChild", "ResizeObserver.boundDrawFn")
"""Frappe's charts grow as a stand-in for themselves: if the page's width changes within that third of a second, a
scroll bar is enough, the new drawing finds the stand-in. What is drawn is right; the error is theirs."""


class Desk:
	"""One browser window of one user. Whatever goes wrong in it is noted, and fails the test in the end."""

	def __init__(self, page: Page, url: str) -> None:
		self.page = page
		self.url = url
		self.problems: list[str] = []
		self._watched = (
			("console", self._console),
			("pageerror", self._page_error),
			("response", self._response),
		)
		for event, note in self._watched:
			page.on(event, note)

	def stop_watching(self) -> None:
		for event, note in self._watched:
			self.page.remove_listener(event, note)

	def _page_error(self, error: Error) -> None:
		stack = error.stack or str(error)
		if not all(part in stack for part in REDRAWN_TOO_EARLY):
			self.problems.append(f"page error: {stack}")

	def _console(self, message: ConsoleMessage) -> None:
		if message.type == "error" and RELAY not in message.location["url"]:
			self.problems.append(f"console: {message.text}")

	def _response(self, response: Response) -> None:
		if response.status >= 400:
			self.problems.append(f"answer: {response.status} {response.url}")

	@contextmanager
	def refusal(self, status: int) -> Iterator[None]:
		"""The server has to refuse something in here, with this HTTP status and no other."""
		before = list(self.problems)
		yield
		answers = [problem for problem in self.problems[len(before) :] if problem.startswith("answer: ")]
		assert [answer.split()[1] for answer in answers] == [str(status)], self.problems
		self.problems = before

	def open(self, path: str) -> None:
		"""Go to a page of the Desk and wait until it has what it asked for."""
		self.page.goto(f"{self.url}/app/{path}")
		self.page.wait_for_function("() => window.frappe && frappe.boot && frappe.get_route()")
		self.settle()

	def do(self, script: str, argument: Any = None) -> None:
		"""Have the page do something that takes its time, and wait until it is done.

		What a page refuses to do it may leave unfinished for ever: this gives up after the patience of the window.
		"""
		self.page.wait_for_function(
			f"async (argument) => {{ await ({script})(argument); return true; }}", arg=argument
		)

	def settle(self) -> None:
		"""Wait until no request is under way and nothing is frozen."""
		self.page.wait_for_function(IDLE)

	def new(self, doctype: str) -> None:
		self.open(f"{slug(doctype)}/new")
		self.page.wait_for_function(
			"(doctype) => window.cur_frm && cur_frm.doctype === doctype && cur_frm.is_new()", arg=doctype
		)

	def field(self, fieldname: str) -> Locator:
		"""The input of a field of the form."""
		return self.page.locator(f".form-layout [data-fieldname='{fieldname}'] input:visible").first

	def cell(self, fieldname: str, row: int = 1) -> Locator:
		"""The input of a cell in the line that is being edited."""
		return self._line(row).locator(f"[data-fieldname='{fieldname}'] input:visible")

	def shown_cell(self, fieldname: str, row: int = 1) -> Locator:
		return self._line(row).locator(f"[data-fieldname='{fieldname}']").first

	def _line(self, row: int) -> Locator:
		return self.page.locator(f".form-grid .grid-row[data-idx='{row}']:visible")

	def shown(self, fieldname: str) -> Locator:
		"""What a read-only field of the form shows."""
		return self.page.locator(f".form-layout [data-fieldname='{fieldname}'] .control-value:visible").first

	def choose(self, into: Locator, name: str) -> None:
		"""Type a name into a link, and take the first offer, as soon as it is the right one, with Enter."""
		expect(into).to_be_focused()
		self.page.keyboard.type(name)
		expect(into.locator("xpath=following-sibling::ul/*[1]")).to_contain_text(name)
		self.page.keyboard.press("Enter")
		expect(into).to_have_value(name)
		self.settle()

	def type(self, into: Locator, text: str) -> None:
		"""Type where the cursor is, which has to be `into`, and go on with Tab."""
		expect(into).to_be_focused()
		self.page.keyboard.type(text)
		self.page.keyboard.press("Tab")

	def finish_line(self, into: Locator, text: str) -> None:
		"""Type into the last cell of the last line; Tab makes a new line, and the cursor waits there."""
		lines = self.page.locator(".form-grid .grid-body .grid-row:visible").count()
		self.type(into, text)
		expect(self.cell("item", lines + 1)).to_be_focused()

	def ask(self, label: str) -> Locator:
		"""Press a button of the form that asks a question; return the question's dialog."""
		self.button(label).click()
		dialog = self.dialog()
		expect(dialog).to_be_visible()
		return dialog

	def button(self, label: str) -> Locator:
		return self.page.locator(".page-head:visible").get_by_role("button", name=label, exact=True)

	def dialog(self) -> Locator:
		return self.page.locator(".modal.show")

	def submit(self, question: str) -> str:
		"""Submit, answer the question, and return the document's name."""
		dialog = self.ask("Submit")
		expect(dialog).to_contain_text(question)
		dialog.get_by_role("button", name="Yes").click()
		self.page.wait_for_function("() => cur_frm.doc.docstatus === 1 && !cur_frm.is_new()")
		self.settle()
		return self.document()["name"]

	def document(self) -> dict[str, Any]:
		"""The form's document as the browser has it."""
		return self.page.evaluate("() => JSON.parse(JSON.stringify(cur_frm.doc))")

	def indicator(self) -> Locator:
		return self.page.locator(".page-head:visible .indicator-pill").first

	def text(self) -> str:
		return self.page.locator("body").inner_text()


def slug(doctype: str) -> str:
	return re.sub(r"\s+", "-", doctype.lower())
