{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

frappe.query_reports["Bottle Cost Analysis"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.choice("periodicity", __("Period"), [
			["Monthly", __("Monthly")],
			["Weekly", __("Weekly")],
			["Daily", __("Daily")],
			["Quarterly", __("Quarterly")],
			["Yearly", __("Yearly")],
			["Total", __("Total")],
		]),
		bottle_mfg.reports.choice("show", __("Show"), [
			["Per bottle", __("Per bottle")],
			["Amounts", __("Amounts")],
		]),
		bottle_mfg.reports.link("bottle", __("Bottle"), "Bottle Item", {
			get_query: () => ({ filters: { item_type: "Bottle" } }),
		}),
		{ fieldname: "machine", label: __("Machine"), fieldtype: "Data" },
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.page(),
	],
	tree: true,
	name_field: "line",
	initial_depth: 1,
	formatter(value, row, column, data, default_formatter) {
		if (!data || !data.bottle || column.fieldname !== "label") {
			return bottle_mfg.reports.format(value, row, column, data, default_formatter);
		}
		if (data.documents) return bottle_mfg.reports.documents("Blow", value, data);
		return bottle_alone(data, `<b>${frappe.utils.escape_html(value)}</b>`);
	},
};

/** The same report of one bottle: its chart shows the parts. */
function bottle_alone({ bottle }, label) {
	return bottle_mfg.reports.drill("Bottle Cost Analysis", { ...bottle_mfg.reports.shown_days(), bottle }, label);
}
