{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Customer Statement"] = {
	filters: [
		bottle_mfg.reports.link("customer", __("Customer"), "Bottle Customer"),
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.page(),
	],
	formatter: bottle_mfg.reports.format,
};
