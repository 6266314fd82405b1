{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

frappe.query_reports["Bottle Purchases by Supplier"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item", {
			get_query: () => ({ filters: { item_type: ["!=", "Bottle"] } }),
		}),
		bottle_mfg.reports.link("supplier", __("Supplier"), "Bottle Supplier"),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		if (data && data.bill && column.fieldname === "label") {
			return bottle_mfg.reports.record("Bottle Purchase", data.bill);
		}
		if (data && column.fieldname === "supplier" && value && !data.bold) {
			const asked = {
				...bottle_mfg.reports.shown_days(),
				item: bottle_mfg.reports.chosen("item"),
				supplier: value,
				warehouse: bottle_mfg.reports.chosen("warehouse"),
				page_number: 1,
			};
			return bottle_mfg.reports.drill("Bottle Purchases by Supplier", asked, frappe.utils.escape_html(value));
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
