"""What stands on paper: invoices, bills, batch cards, receipts and statements, as their templates show it.

The templates are in `templates/prints`; each asks `bottle_print` (`printing/jinja.py`) for its view.
"""
