"""Codes to scan."""

from __future__ import annotations

import base64

import pyqrcode

_QUIET = 2
"""Empty squares around a code on white paper."""


def qr(text: str) -> str:
	"""The QR code of a text as an image (an SVG in a data URI), sharp at any size."""
	rows = pyqrcode.create(text, error="M", encoding="utf-8").code
	size = len(rows) + 2 * _QUIET
	path = "".join(
		f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
		for y, row in enumerate(rows)
		for x, dark in enumerate(row)
		if dark
	)
	svg = (
		f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size * 8}" height="{size * 8}"'
		f' shape-rendering="crispEdges"><path d="{path}"/></svg>'
	)
	return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
