{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Possible Duplicates"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		{ fieldname: "days_apart", label: __("Days Apart"), fieldtype: "Int" },
		bottle_mfg.reports.choice("document_type", __("Kind"), [
			["All", __("All")],
			["Bottle Purchase", __("Purchases")],
			["Bottle Sale", __("Sales")],
			["Bottle Payment", __("Payments")],
			["Bottle Expense", __("Expenses")],
		]),
		bottle_mfg.reports.page(),
	],
	formatter: bottle_mfg.reports.format,
};
