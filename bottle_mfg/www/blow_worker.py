"""The script that lets /blow open without a connection. A browser gives it no more than what lies beside or below its own
address, hence it stands at the site's root; it is registered for /blow alone."""

from __future__ import annotations

from typing import Any

no_cache = 1
sitemap = 0


def get_context(context: Any) -> None:
	"""The script is served as it stands, whatever templates other apps wrap pages in."""
	context.base_template = ""
