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
		if (column.fieldname === "label" && data && data.category) return expenses_of(data, value);
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};

/** A link to the expenses that a line is the sum of. */
function expenses_of({ category, line }, label) {
	const [from, to] = ["from_date", "to_date"].map((name) => frappe.query_report.get_filter_value(name));
	const query = new URLSearchParams({
		category,
		docstatus: 1,
		covered_by_blow_cost: line === "covered_expenses" ? 1 : 0,
		date: JSON.stringify(["between", [from, to]]),
	});
	const list = frappe.utils.get_form_link("Bottle Expense", "").replace(/\/$/, "");
	return `<a href="${list}?${query}">${frappe.utils.escape_html(label)}</a>`;
}
