{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Production"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.choice("group_by", __("Group By"), [
			["Day", __("Day")],
			["Week", __("Week")],
			["Month", __("Month")],
			["Bottle", __("Bottle")],
			["Preform", __("Preform")],
			["Machine", __("Machine")],
			["Shift", __("Shift")],
			["Operator", __("Operator")],
		]),
		bottle_mfg.reports.choice("chart", __("Chart"), [
			["Output", __("Output")],
			["Reject rate", __("Reject rate")],
		]),
		bottle_mfg.reports.link("bottle", __("Bottle"), "Bottle Item", {
			get_query: () => ({ filters: { item_type: "Bottle" } }),
		}),
		bottle_mfg.reports.link("preform", __("Preform"), "Bottle Item", {
			get_query: () => ({ filters: { item_type: "Preform" } }),
		}),
		{ fieldname: "machine", label: __("Machine"), fieldtype: "Data" },
		bottle_mfg.reports.choice("shift", __("Shift"), [
			["", ""],
			["Morning", __("Morning")],
			["Evening", __("Evening")],
			["Night", __("Night")],
		]),
		{ fieldname: "operator", label: __("Operator"), fieldtype: "Data" },
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
	],
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "label" && data && data.item) {
			return frappe.utils.get_form_link("Bottle Item", data.item, true, value);
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
