{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Profit and Loss"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.choice("periodicity", __("Period"), [
			["Total", __("Total")],
			["Monthly", __("Monthly")],
			["Weekly", __("Weekly")],
			["Daily", __("Daily")],
		]),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
	],
	tree: true,
	name_field: "line",
	initial_depth: 1,
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "label" && data && data.item) {
			return frappe.utils.get_form_link("Bottle Item", data.item, true, value);
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
