app_name = "bottle_mfg"
app_title = "Bottle Mfg"
app_publisher = "bottle_mfg contributors"
app_description = "Runs a water-bottle factory: stock, unit cost and profit, exact at every moment"
app_email = "bottle-mfg@example.com"
app_license = "MIT"
app_logo_url = "/assets/bottle_mfg/images/bottle_mfg.svg"

app_include_css = "bottle_mfg.bundle.css"
app_include_js = "bottle_mfg.bundle.js"

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

auth_hooks = ["bottle_mfg.api.gate.enter"]

after_request = ["bottle_mfg.api.answers.complete", "bottle_mfg.api.history.leave_out_costs"]

override_whitelisted_methods = {"frappe.client.get_count": "bottle_mfg.api.counts.get_count"}

permission_query_conditions = {
	"Blow": "bottle_mfg.controllers.lists.blow",
	"Blow Material": "bottle_mfg.controllers.lists.blow_material",
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

has_permission = {"Bottle Payment": "bottle_mfg.payments.access.has_permission"}

scheduler_events = {
	"cron": {"* * * * *": ["bottle_mfg.posting.background.resume"]},
	"daily": ["bottle_mfg.payments.overdue.mark"],
}

export_python_type_annotations = True
require_type_annotated_api_methods = True
