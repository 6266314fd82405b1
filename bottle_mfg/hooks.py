app_name = "bottle_mfg"
app_title = "Bottle Mfg"
app_publisher = "bottle_mfg contributors"
app_description = "Runs a water-bottle factory: stock, unit cost and profit, exact at every moment"
app_email = "bottle-mfg@example.com"
app_license = "MIT"
app_logo_url = "/assets/bottle_mfg/images/bottle_mfg.svg"

app_include_css = "bottle_mfg.bundle.css"
app_include_js = "bottle_mfg.bundle.js"
doctype_js = {"Data Import": "public/js/data_import.js"}

extend_bootinfo = "bottle_mfg.boot.extend_bootinfo"

add_to_apps_screen = [
	{
		"name": "bottle_mfg",
		"logo": "/assets/bottle_mfg/images/bottle_mfg.svg",
		"title": "Bottle Mfg",
		"route": "/app/bottle-mfg",
		"has_permission": "bottle_mfg.boot.may_open",
	}
]

after_install = "bottle_mfg.install.after_install"
after_migrate = "bottle_mfg.install.after_migrate"
before_uninstall = "bottle_mfg.uninstall.before_uninstall"
after_uninstall = "bottle_mfg.uninstall.after_uninstall"

jinja = {"methods": ["bottle_mfg.printing.jinja.bottle_print"]}

auth_hooks = ["bottle_mfg.api.gate.enter"]

after_request = ["bottle_mfg.api.answers.complete", "bottle_mfg.api.history.leave_out_costs"]

override_whitelisted_methods = {
	"frappe.client.get_count": "bottle_mfg.api.counts.get_count",
	"frappe.client.get_single_value": "bottle_mfg.api.guards.get_single_value",
	"frappe.client.get_value": "bottle_mfg.api.guards.get_value",
	"frappe.core.doctype.data_export.exporter.export_data": "bottle_mfg.api.guards.export_data",
	"frappe.core.doctype.data_import.data_import.download_template": "bottle_mfg.api.guards.download_template",
	"frappe.core.doctype.data_import.data_import.form_start_import": "bottle_mfg.importing.start.form_start_import",
	"frappe.desk.desktop.get_desktop_page": "bottle_mfg.glance.workspace.get_desktop_page",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "bottle_mfg.api.guards.chart",
	"frappe.desk.doctype.tag.tag.add_tag": "bottle_mfg.api.guards.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": "bottle_mfg.api.guards.add_tags",
	"frappe.desk.doctype.tag.tag.remove_tag": "bottle_mfg.api.guards.remove_tag",
	"frappe.desk.form.linked_with.get": "bottle_mfg.api.guards.linked_documents",
	"frappe.desk.like.toggle_like": "bottle_mfg.api.guards.toggle_like",
	"frappe.desk.listview.get_group_by_count": "bottle_mfg.api.guards.group_by_count",
	"frappe.desk.notifications.get_open_count": "bottle_mfg.api.connections.get_open_count",
	"frappe.desk.query_report.export_query": "bottle_mfg.api.guards.export_report",
	"frappe.desk.query_report.get_data_for_custom_field": "bottle_mfg.api.guards.values_of_field",
	"frappe.desk.query_report.run": "bottle_mfg.api.guards.run_report",
	"frappe.desk.search.search_link": "bottle_mfg.api.guards.search_link",
	"frappe.desk.search.search_widget": "bottle_mfg.api.guards.search_widget",
	"frappe.email.doctype.auto_email_report.auto_email_report.download": "bottle_mfg.api.guards.download_mailed_report",
	"frappe.email.doctype.auto_email_report.auto_email_report.send_now": "bottle_mfg.api.guards.mail_report_now",
	"frappe.utils.global_search.search": "bottle_mfg.api.guards.search_everywhere",
	"frappe.utils.goal.get_monthly_goal_graph_data": "bottle_mfg.api.guards.goal_graph",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "bottle_mfg.api.guards.workflow_state_count",
}

doc_events = {
	"Comment": {"before_insert": "bottle_mfg.controllers.remarks.check"},
	"ToDo": {"before_insert": "bottle_mfg.controllers.remarks.check"},
	"Tag Link": {"before_insert": "bottle_mfg.controllers.remarks.check"},
	"Document Follow": {"after_insert": "bottle_mfg.controllers.remarks.unfollow"},
	"Bottle Item": {"on_update": "bottle_mfg.glance.onboarding.note"},
	("Bottle Purchase", "Blow", "Bottle Sale"): {"on_submit": "bottle_mfg.glance.onboarding.note"},
	"Onboarding Step": {"on_change": "bottle_mfg.glance.onboarding.note"},
}

permission_query_conditions = {
	"Bottle Alert": "bottle_mfg.controllers.lists.plain",
	"Bottle Correction": "bottle_mfg.controllers.lists.plain",
	"Bottle Customer": "bottle_mfg.controllers.lists.plain",
	"Bottle Expense": "bottle_mfg.controllers.lists.plain",
	"Bottle Expense Category": "bottle_mfg.controllers.lists.plain",
	"Bottle Item": "bottle_mfg.controllers.lists.plain",
	"Bottle Returned Goods": "bottle_mfg.controllers.lists.plain",
	"Bottle Supplier": "bottle_mfg.controllers.lists.plain",
	"Bottle Warehouse": "bottle_mfg.controllers.lists.plain",
	"Blow": "bottle_mfg.controllers.lists.blow",
	"Blow Material": "bottle_mfg.controllers.lists.blow_material",
	"Blow Reject": "bottle_mfg.controllers.lists.plain",
	"Bottle Purchase": "bottle_mfg.controllers.lists.purchase",
	"Bottle Purchase Item": "bottle_mfg.controllers.lists.purchase_item",
	"Bottle Payment": "bottle_mfg.payments.access.condition",
	"Bottle Sale": "bottle_mfg.controllers.lists.sale",
	"Bottle Sale Item": "bottle_mfg.controllers.lists.sale_item",
	"Bottle Stock Count": "bottle_mfg.controllers.lists.stock_count",
	"Bottle Stock Count Item": "bottle_mfg.controllers.lists.stock_count_item",
	"Bottle Stock Transfer": "bottle_mfg.controllers.lists.stock_transfer",
	"Bottle Stock Transfer Item": "bottle_mfg.controllers.lists.stock_transfer_item",
	"Bottle Stock": "bottle_mfg.controllers.lists.stock",
	"Bottle Ledger Entry": "bottle_mfg.controllers.lists.ledger_entry",
	"Bottle Daily Total": "bottle_mfg.controllers.lists.daily_total",
	"Bottle Cost Change": "bottle_mfg.controllers.lists.cost_change",
}

has_permission = {
	"Bottle Payment": "bottle_mfg.payments.access.has_permission",
	"Dashboard Chart": "bottle_mfg.glance.rights.of_chart",
	"Number Card": "bottle_mfg.glance.rights.of_card",
	"Notification Log": "bottle_mfg.alerts.reading.has_permission",
}

ignore_links_on_delete = ["Bottle Alert"]

get_website_user_home_page = "bottle_mfg.portal.access.home_page"

scheduler_events = {
	"cron": {"* * * * *": ["bottle_mfg.posting.background.resume"]},
	"hourly": ["bottle_mfg.posting.background.look_at_waiting"],
	"daily": [
		"bottle_mfg.payments.overdue.mark",
		"bottle_mfg.alerts.low_stock.look_at_all",
		"bottle_mfg.alerts.overdue.look_at_all",
		"bottle_mfg.alerts.rejects.look_at_all",
		"bottle_mfg.alerts.count_losses.look_at_all",
		"bottle_mfg.alerts.known.forget_old",
		"bottle_mfg.glance.onboarding.catch_up",
	],
}

export_python_type_annotations = True
require_type_annotated_api_methods = True
