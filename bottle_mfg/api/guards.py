"""Frappe's own methods that would tell more of our documents than their lists do (hook
`override_whitelisted_methods`).

They read past permissions: of rows, or of fields of level 1. What concerns other apps goes through as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import frappe
from frappe import _
from frappe.desk.reportview import build_match_conditions
from frappe.model.document import Document
from frappe.utils import cint

from bottle_mfg.controllers import remarks
from bottle_mfg.controllers.costs import cost_fields, may_see_costs
from bottle_mfg.controllers.lists import refuse, words_of
from bottle_mfg.controllers.ours import is_ours
from bottle_mfg.reporting import paging

_WORD = re.compile(r"\w+")


@frappe.whitelist()
def search_link(doctype: str) -> Any:
	"""`frappe.desk.search.search_link`, which may be asked to ignore whose documents they are."""
	return _search("frappe.desk.search.search_link", doctype)


@frappe.whitelist()
def search_widget(doctype: str) -> Any:
	"""`frappe.desk.search.search_widget`, likewise."""
	return _search("frappe.desk.search.search_widget", doctype)


def _search(method: str, doctype: str) -> Any:
	if is_ours(doctype):
		frappe.local.form_dict.pop("ignore_user_permissions", None)
	return _ask_frappe(method)


@frappe.whitelist()
def search_everywhere(text: str) -> Any:
	"""`frappe.utils.global_search.search`, which knows no rights to single documents."""
	found = _ask_frappe("frappe.utils.global_search.search")
	return [one for one in found if not is_ours(one.doctype) or _may_read(one.doctype, one.name)]


@frappe.whitelist()
def linked_documents(doctype: str, docname: str) -> Any:
	"""`frappe.desk.form.linked_with.get`, which asks for no permission."""
	linked = _ask_frappe("frappe.desk.form.linked_with.get")
	return {kind: _visible(kind, rows) if is_ours(kind) else rows for kind, rows in linked.items()}


def _visible(doctype: str, rows: list[Any]) -> list[Any]:
	if not frappe.has_permission(doctype):
		return []
	wanted = {"name": ("in", [row.name for row in rows])}
	names = set(frappe.get_list(doctype, filters=wanted, pluck="name", limit_page_length=0))
	hidden = set() if may_see_costs(doctype) else cost_fields(doctype)
	return [
		{field: value for field, value in row.items() if field not in hidden}
		for row in rows
		if row.name in names
	]


@frappe.whitelist()
def group_by_count(doctype: str, current_filters: str, field: str) -> Any:
	"""`frappe.desk.listview.get_group_by_count`, which counts assigned documents past all permissions."""
	if is_ours(doctype):
		_require_read(doctype)
		_refuse_costs(doctype, [field, *words_of(current_filters)])
		if field == "assigned_to" and _confined(doctype):
			return []
	return _ask_frappe("frappe.desk.listview.get_group_by_count")


@frappe.whitelist()
def workflow_state_count(doctype: str) -> Any:
	"""`frappe.workflow.doctype.workflow.workflow.get_workflow_state_count`: for who makes workflows."""
	if is_ours(doctype) and not frappe.has_permission("Workflow", "write"):
		_not_permitted()
	return _ask_frappe("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count")


@frappe.whitelist()
def goal_graph(doctype: str, goal_doctype: str) -> Any:
	"""`frappe.utils.goal.get_monthly_goal_graph_data`, which sums any field of all documents."""
	for one in (doctype, goal_doctype):
		if is_ours(one) and (_confined(one) or not may_see_costs(one)):
			_not_permitted()
	return _ask_frappe("frappe.utils.goal.get_monthly_goal_graph_data")


@frappe.whitelist()
def chart(chart_name: str | None = None, chart: str | dict[str, Any] | None = None) -> Any:
	"""`frappe.desk.doctype.dashboard_chart.dashboard_chart.get`, which keeps what one user saw for the next."""
	shown = frappe.get_doc("Dashboard Chart", chart_name) if chart_name else frappe.parse_json(chart)
	doctype = shown.get("document_type") if isinstance(shown, dict | Document) else None
	if doctype and is_ours(doctype):
		_require_read(doctype)
		fields = ("value_based_on", "aggregate_function_based_on", "group_by_based_on", "based_on")
		asked = [str(shown.get(field)) for field in fields if shown.get(field)]
		_refuse_costs(doctype, [*asked, *words_of(shown.get("filters_json"))])
		if _confined(doctype):
			frappe.local.form_dict.no_cache = 1
	return _ask_frappe("frappe.desk.doctype.dashboard_chart.dashboard_chart.get")


@frappe.whitelist()
def values_of_field(doctype: str, field: str) -> Any:
	"""`frappe.desk.query_report.get_data_for_custom_field`, which reads all documents and fields."""
	if is_ours(doctype):
		_require_read(doctype)
		_refuse_costs(doctype, _WORD.findall(field))
		values = frappe.get_list(doctype, fields=["name", field], as_list=True, limit_page_length=0)
		return frappe._dict(values)
	return _ask_frappe("frappe.desk.query_report.get_data_for_custom_field")


@frappe.whitelist()
def run_report(report_name: str, custom_columns: str | list[Any] | None = None) -> Any:
	"""`frappe.desk.query_report.run`, whose added columns read all fields."""
	_check_columns(report_name, custom_columns)
	return _ask_frappe("frappe.desk.query_report.run")


@frappe.whitelist()
def export_report(report_name: str, custom_columns: str | list[Any] | None = None) -> Any:
	"""`frappe.desk.query_report.export_query`, likewise. A file has all pages of a report, and what is folded in it.

	Whoever narrowed a page down by its column filters gets just these rows. The filters stay as they are: what was
	prepared is found by them.
	"""
	_check_columns(report_name, custom_columns)
	method, asked = "frappe.desk.query_report.export_query", frappe.local.form_dict
	if not cint(asked.get(paging.ALL_ROWS)):
		return _ask_frappe(method)
	asked.visible_idx = list(range(paging.MOST_EXPORTED))
	with paging.whole():
		return _ask_frappe(method)


@frappe.whitelist()
def download_mailed_report() -> Any:
	"""`frappe.email.doctype.auto_email_report.auto_email_report.download`, whose file is that of the mail."""
	with paging.whole():
		return _ask_frappe("frappe.email.doctype.auto_email_report.auto_email_report.download")


@frappe.whitelist()
def mail_report_now() -> Any:
	"""`frappe.email.doctype.auto_email_report.auto_email_report.send_now`, likewise."""
	with paging.whole():
		return _ask_frappe("frappe.email.doctype.auto_email_report.auto_email_report.send_now")


def _check_columns(report_name: str, custom_columns: Any) -> None:
	kept = frappe.db.get_value("Report", {"name": report_name, "report_type": "Custom Report"}, "json")
	for columns in (
		frappe.parse_json(kept or "{}").get("columns"),
		frappe.parse_json(custom_columns or "[]"),
	):
		for column in columns if isinstance(columns, list) else []:
			doctype = column.get("doctype") if isinstance(column, dict) else None
			if doctype and column.get("link_field") and is_ours(doctype):
				_require_read(doctype)
				_refuse_costs(doctype, [str(column.get("fieldname"))])


@frappe.whitelist()
def download_template(doctype: str, export_fields: str | dict[str, Any] | None = None) -> Any:
	"""`frappe.core.doctype.data_import.data_import.download_template`, which reads all fields of lines."""
	_leave_out_costs(doctype, "export_fields", export_fields)
	return _ask_frappe("frappe.core.doctype.data_import.data_import.download_template")


@frappe.whitelist()
def export_data(
	doctype: str | list[str] | None = None, select_columns: str | dict[str, Any] | None = None
) -> Any:
	"""`frappe.core.doctype.data_export.exporter.export_data`, likewise."""
	for one in _listed(doctype):
		_leave_out_costs(one, "select_columns", select_columns)
	return _ask_frappe("frappe.core.doctype.data_export.exporter.export_data")


def _leave_out_costs(doctype: str, argument: str, wanted: Any) -> None:
	"""Have the request ask for no field that its user may not see; all fields have to be named."""
	if not is_ours(doctype) or may_see_costs(doctype):
		return
	wanted = frappe.parse_json(wanted)
	if not isinstance(wanted, dict):
		_not_permitted()
	hidden = cost_fields(doctype)
	kept = {
		table: [field for field in fields if field not in hidden] if isinstance(fields, list) else fields
		for table, fields in wanted.items()
	}
	frappe.local.form_dict[argument] = frappe.as_json(kept)


@frappe.whitelist()
def toggle_like(doctype: str, name: str) -> Any:
	"""`frappe.desk.like.toggle_like`, which writes into any document."""
	remarks.check_about(doctype, name)
	return _ask_frappe("frappe.desk.like.toggle_like")


@frappe.whitelist()
def add_tag(dt: str, dn: str) -> Any:
	"""`frappe.desk.doctype.tag.tag.add_tag`, likewise."""
	remarks.check_about(dt, dn)
	return _ask_frappe("frappe.desk.doctype.tag.tag.add_tag")


@frappe.whitelist()
def add_tags(dt: str, docs: str | list[str]) -> Any:
	"""`frappe.desk.doctype.tag.tag.add_tags`, likewise."""
	for name in _listed(docs):
		remarks.check_about(dt, name)
	return _ask_frappe("frappe.desk.doctype.tag.tag.add_tags")


@frappe.whitelist()
def remove_tag(dt: str, dn: str) -> Any:
	"""`frappe.desk.doctype.tag.tag.remove_tag`, likewise."""
	remarks.check_about(dt, dn)
	return _ask_frappe("frappe.desk.doctype.tag.tag.remove_tag")


@frappe.whitelist()
def get_single_value(doctype: str, field: str) -> Any:
	"""`frappe.client.get_single_value`, which knows no permission levels."""
	_refuse_costs(doctype, [field])
	return _ask_frappe("frappe.client.get_single_value")


@frappe.whitelist()
def get_value(doctype: str, fieldname: str | list[str] | None = None) -> Any:
	"""`frappe.client.get_value`, which knows none for settings."""
	if is_ours(doctype) and frappe.get_meta(doctype).issingle:
		_refuse_costs(doctype, _WORD.findall(str(fieldname)))
	return _ask_frappe("frappe.client.get_value")


def _ask_frappe(method: str) -> Any:
	return frappe.call(frappe.get_attr(method), **frappe.local.form_dict)


def _refuse_costs(doctype: str, names: Iterable[str]) -> None:
	if is_ours(doctype) and not may_see_costs(doctype):
		refuse(cost_fields(doctype) & set(names))


def _require_read(doctype: str) -> None:
	if not frappe.has_permission(doctype):
		_not_permitted()


def _may_read(doctype: str, name: str) -> bool:
	return bool(frappe.db.exists(doctype, name) and frappe.has_permission(doctype, doc=name))


def _confined(doctype: str) -> bool:
	"""Whether there may be documents that the user does not see: not his own, or behind a User Permission."""
	return bool(build_match_conditions(doctype))


def _listed(doctype: Any) -> Iterator[str]:
	doctype = frappe.parse_json(doctype) if isinstance(doctype, str) and doctype[:1] == "[" else doctype
	yield from doctype if isinstance(doctype, list) else [doctype]


def _not_permitted() -> None:
	frappe.throw(_("You are not permitted to do this."), frappe.PermissionError)
