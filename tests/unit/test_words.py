"""Every word that a reader may see is there in Hindi and Urdu, with the same places to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dev.words import LANGUAGES, held, messages, translations

APP = Path(__file__).resolve().parents[2] / "bottle_mfg"
SCRIPT = {"hi": re.compile("[\u0900-\u097f]"), "ur": re.compile("[\u0600-\u06ff]")}
THE_SAME = {"A", "B", "C", "API", "UPI", "XLSX", "CSV", "PDF", "QR", "HSN", "GSTIN", "IFSC", "ID", "kg"}
"""What is written in Latin letters in these languages, too."""
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
	return messages(APP)


def test_what_is_looked_for_is_found(texts: dict[str, list[str]]) -> None:
	"""In Python, a form's script, a title of an error, a page, a DocType's choices, a workspace."""
	expected = {
		"{0} stands on two lines",
		"Buy {0} from {1} for {2}?",
		"Not enough stock",
		"My Bottles",
		"Pending Approval",
		"Buy Preforms",
		"Bottle Profit and Loss",
		"Maharashtra",
	}
	assert expected <= texts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(texts: dict[str, list[str]], language: str) -> None:
	known = translations(APP, language)
	assert sorted(texts.keys() - known) == []
	assert sorted(known.keys() - texts) == [], "translations of texts that are gone"


@pytest.mark.parametrize(("language", "state"), [("hi", "राज्य"), ("ur", "ریاست")])
def test_the_state_of_an_address_is_no_status(language: str, state: str) -> None:
	"""The same row is what Frappe's own addresses are labelled with."""
	assert translations(APP, language)["State"] == state


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_the_same(language: str) -> None:
	for text, translated in translations(APP, language).items():
		assert held(translated) == held(text), text
		assert sorted(_TAG.findall(translated)) == sorted(_TAG.findall(text)), text
		assert translated.strip() == translated != "", text
		assert text in THE_SAME or SCRIPT[language].search(translated), text
