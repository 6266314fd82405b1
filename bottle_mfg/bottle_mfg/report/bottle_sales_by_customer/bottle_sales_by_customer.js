{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

frappe.query_reports["Bottle Sales by Customer"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.link("customer", __("Customer"), "Bottle Customer"),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		if (data && data.bill && column.fieldname === "label") {
			return bottle_mfg.reports.record("Bottle Sale", data.bill);
		}
		if (data && column.fieldname === "customer" && !data.bold) {
			const asked = {
				...bottle_mfg.reports.shown_days(),
				customer: value,
				warehouse: bottle_mfg.reports.chosen("warehouse"),
				page_number: 1,
			};
			return bottle_mfg.reports.drill("Bottle Sales by Customer", asked, frappe.utils.escape_html(value));
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
