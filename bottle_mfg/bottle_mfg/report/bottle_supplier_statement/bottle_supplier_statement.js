{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Supplier Statement"] = {
	filters: [
		bottle_mfg.reports.link("supplier", __("Supplier"), "Bottle Supplier"),
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.page(),
	],
	formatter: bottle_mfg.reports.format,
};
