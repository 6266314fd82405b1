"""Answers Frappe's set-up wizard for a fresh site; called by the bench's Python in its `sites` folder.

python finish_site.py SITE
"""

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete
from frappe.utils.password import get_encryption_key

ANSWERS = {"language": "English", "country": "India", "timezone": "Asia/Kolkata", "currency": "INR"}


def finish(site: str) -> None:
	"""Raises SystemExit if the wizard reports a fault."""
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		answer = setup_complete(dict(ANSWERS))
		if not isinstance(answer, dict) or answer.get("status") != "ok":
			raise SystemExit(f"The set-up wizard did not finish: {answer}")
		# Without it the Desk shows the currency that comes first in the alphabet.
		frappe.db.set_default("currency", ANSWERS["currency"])
		# The first steps of a new factory are for who tries the app; tests do not expect them.
		frappe.db.set_single_value("System Settings", "enable_onboarding", int(site.startswith("demo.")))
		# Whoever needs the key first draws one: of two processes at once each would have its own.
		get_encryption_key()
		frappe.db.commit()
		frappe.clear_cache()
	finally:
		frappe.destroy()


if __name__ == "__main__":
	finish(sys.argv[1])
