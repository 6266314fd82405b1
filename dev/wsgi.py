"""What gunicorn serves: one site by name, with its files. It runs in the bench's `sites` folder.

`frappe.app` by itself picks the site by host name and serves neither /assets nor /files.
"""

import os

import frappe.app
from frappe.middlewares import StaticDataMiddleware
from werkzeug.middleware.shared_data import SharedDataMiddleware

frappe.app._site = os.environ["FRAPPE_SITE"]
application = StaticDataMiddleware(
	SharedDataMiddleware(frappe.app.application, {"/assets": os.path.abspath("assets")}),
	{"/files": os.path.abspath(".")},
)
