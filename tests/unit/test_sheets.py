"""Breaking a table into sheets: nothing is lost, nothing stands twice, and no total stands alone."""

from __future__ import annotations

import pytest

from bottle_mfg.printing.sheets import KEPT, LINE, PAGE, TABLE_HEAD, in_sheets, lines_of, one_sheet

ROW, ABOVE, CLOSING = 40, 250, 300


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 12, 17, 18, 19, 20, 40, 41, 42, 43, 150, 1000])
def test_every_row_once_and_none_beside_the_paper(count: int) -> None:
	rows = list(range(count))
	found = in_sheets(rows, [ROW] * count, ABOVE, CLOSING)
	assert [row for sheet in found for row in (*sheet.rows, *sheet.last)] == rows
	assert [sheet.number for sheet in found] == list(range(1, len(found) + 1))
	assert {sheet.of for sheet in found} == {len(found)}
	for sheet in found:
		last = sheet is found[-1]
		used = ROW * (len(sheet.rows) + len(sheet.last)) + (CLOSING if last else 0)
		assert used + TABLE_HEAD + (ABOVE if sheet.number == 1 else LINE) <= PAGE
		assert len(sheet.last) == (min(KEPT, count) if last else 0)
		assert last or len(sheet.rows) > KEPT


def test_a_row_higher_than_the_paper_stands_alone() -> None:
	found = in_sheets("abc", [ROW, PAGE * 2, ROW], ABOVE, CLOSING)
	assert ["".join([*sheet.rows, *sheet.last]) for sheet in found] == ["a", "b", "c"]


def test_one_sheet_for_an_engine_that_breaks_it_itself() -> None:
	(sheet,) = one_sheet("abcde")
	assert (sheet.rows, sheet.last) == ("abc", "de")
	assert one_sheet("")[0].last == ""


@pytest.mark.parametrize(
	("text", "lines"),
	[
		("", 1),
		("x" * 30, 1),
		("x" * 31, 2),
		("x" * 61, 3),
		(f"{'x' * 14} {'y' * 15}", 1),
		(f"{'x' * 15} {'y' * 15}", 2),
		(f"{'x' * 20} {'y' * 20} {'z' * 20}", 3),
		(f"{'x' * 10} {'y' * 36}", 3),  # what is too long for a line leaves the one before to itself
		(f"{'x' * 36} {'y' * 20}", 2),
	],
)
def test_lines_of_a_name(text: str, lines: int) -> None:
	assert lines_of(text, 30) == lines
