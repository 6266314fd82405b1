"""The description of the API (OpenAPI 3.1), made of what is there: DocTypes, type hints, docstrings, errors.

`document` puts it together and alone asks Frappe; what it calls works on what it is given.
"""
