"""How a client says who it is."""

from __future__ import annotations

from typing import Any

OAUTH = "/api/method/frappe.integrations.oauth2."
EXPIRY = "An access token is good for an hour."
SCOPES = {"all": "What the user may do", "openid": "Who the user is"}


def schemes(site: str) -> dict[str, Any]:
	"""`components.securitySchemes` of the site at an address."""
	token = {"tokenUrl": f"{site}{OAUTH}get_token", "refreshUrl": f"{site}{OAUTH}get_token", "scopes": SCOPES}
	return {
		"token": {
			"type": "apiKey",
			"in": "header",
			"name": "Authorization",
			"description": "`token API_KEY:API_SECRET`, made on the user's form. It is good until it is made anew.",
		},
		"oauth2": {
			"type": "oauth2",
			"description": f"Frappe's OAuth 2, with PKCE (S256) where a client wants it. {EXPIRY}",
			"flows": {
				"authorizationCode": {"authorizationUrl": f"{site}{OAUTH}authorize", **token},
				"password": token,
			},
		},
		"session": {
			"type": "apiKey",
			"in": "cookie",
			"name": "sid",
			"description": "The session of somebody who has logged in with a browser, or over /api/method/login.",
		},
		"csrf": {
			"type": "apiKey",
			"in": "header",
			"name": "X-Frappe-CSRF-Token",
			"description": "Goes with a session on everything but GET.",
		},
	}


REQUIREMENTS: list[dict[str, list[str]]] = [
	{"token": []},
	{"oauth2": ["all"]},
	{"session": [], "csrf": []},
]
"""Any of these ways."""
