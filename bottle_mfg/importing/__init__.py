"""Frappe's Data Import for our DocTypes: a file is imported as a whole, or not at all."""
