"""`make words`: what the translations lack, and what they have for nothing."""

from dev.layout import CHECKOUT
from dev.progress import Progress
from dev.words import LANGUAGES, messages, translations


def words(progress: Progress) -> int:
	"""Name every text without a translation, and every translation of a text that is gone; return 1 if there is one."""
	app = CHECKOUT / "bottle_mfg"
	texts, wrong = messages(app), 0
	for language in LANGUAGES:
		known = translations(app, language)
		for text in sorted(texts.keys() - known):
			progress.say(f"{language} lacks: {text!r} ({', '.join(texts[text])})")
		for text in sorted(known.keys() - texts):
			progress.say(f"{language} has for nothing: {text!r}")
		wrong += len(texts.keys() ^ known.keys())
	progress.say(f"{len(texts)} texts, {wrong} to be seen to")
	return 1 if wrong else 0
