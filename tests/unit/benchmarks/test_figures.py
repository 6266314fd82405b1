"""What the benchmarks say is only as good as their own arithmetic."""

from __future__ import annotations

import pytest

from benchmarks.figures import Result, Sample, between, headlines_table, number, ratio, results_table, table


def test_a_median_is_not_moved_by_one_slow_round() -> None:
	assert Sample((0.010, 0.011, 0.012, 0.013, 9.0)).median == 0.012
	assert Sample((0.010, 0.020)).ms == pytest.approx(15)


def test_the_spread_is_that_of_the_middle_half() -> None:
	assert Sample((1.0, 2.0, 3.0, 4.0, 100.0)).spread == pytest.approx(2 / 3)
	assert Sample((5.0,)).spread == 0


def test_acts_that_take_turns_are_compared_round_by_round() -> None:
	busy_for_a_while = Sample((1.0, 1.0, 8.0, 8.0, 8.0)), Sample((2.0, 2.0, 4.0, 4.0, 4.0))
	assert busy_for_a_while[0].beside(busy_for_a_while[1]) == 2
	assert Sample((3.0, 30.0, 3.0)).beside(Sample((2.0, 20.0, 2.0))) == 1.5
	with pytest.raises(ValueError):
		Sample((1.0,)).beside(Sample((1.0, 2.0)))


def test_nothing_measured_is_no_sample() -> None:
	with pytest.raises(ValueError):
		Sample(())


def test_a_ratio_needs_a_base() -> None:
	assert ratio(3, 2) == 1.5
	with pytest.raises(ValueError):
		ratio(3, 0)


@pytest.mark.parametrize(
	("figure", "most", "least", "verdict"),
	[
		(1.4, 1.5, None, "met"),
		(1.5, 1.5, None, "met"),
		(1.8, 1.5, None, "missed by 20%"),
		(0.6, None, 0.6, "met"),
		(0.3, None, 0.6, "missed by 50%"),
		(7, 0, None, "missed by inf%"),
		(7, None, None, ""),
	],
)
def test_a_verdict_says_by_how_much(
	figure: float, most: float | None, least: float | None, verdict: str
) -> None:
	assert Result("x", figure, "×", most=most, least=least).verdict == verdict


@pytest.mark.parametrize(
	("figure", "text"),
	[
		(1.4567, "1.46"),
		(14.567, "14.6"),
		(145.67, "146"),
		(1_000_000, "1,000,000"),
		(6.0, "6"),
		(0.0312, "0.03"),
	],
)
def test_figures_are_as_exact_as_they_are_worth(figure: float, text: str) -> None:
	assert number(figure) == text


def test_a_table_is_markdown() -> None:
	assert table(("what", "how much"), [("a | b", "1")], right=[1]) == (
		"| what | how much |\n| --- | ---: |\n| a \\| b | 1 |"
	)


def test_results_stand_beside_their_targets() -> None:
	rows = results_table(
		[Result("sale", 1.4, "× floor", most=1.5, note="20 ms"), Result("floor", 12.0, "ms")]
	).splitlines()
	assert rows[2:] == [
		"| sale | 1.40 × floor | ≤ 1.50 × floor | met | 20 ms |",
		"| floor | 12 ms |  |  |  |",
	]


def test_the_readme_quotes_headlines_between_its_marks() -> None:
	quoted = headlines_table(
		[Result("sale", 1.4, "× floor", most=1.5, headline=True), Result("floor", 12.0, "ms")]
	)
	assert quoted.splitlines()[2:] == ["| sale | 1.40 × floor | ≤ 1.50 × floor |"]
	readme = between(
		"before\n<!-- a -->\nold\nolder\n<!-- b -->\nafter\n", "<!-- a -->", "<!-- b -->", quoted
	)
	assert readme == f"before\n<!-- a -->\n{quoted}\n<!-- b -->\nafter\n"
	assert between(readme, "<!-- a -->", "<!-- b -->", quoted) == readme
	with pytest.raises(ValueError):
		between("no marks", "<!-- a -->", "<!-- b -->", quoted)
