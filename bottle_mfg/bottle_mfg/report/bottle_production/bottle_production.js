{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Production"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		Object.assign(bottle_mfg.reports.choice("group_by", __("Group By"), [
			["Day", __("Day")],
			["Week", __("Week")],
			["Month", __("Month")],
			["Bottle", __("Bottle")],
			["Preform", __("Preform")],
			["Machine", __("Machine")],
			["Shift", __("Shift")],
			["Operator", __("Operator")],
			["Reason", __("Reject Reason")],
			["Stage", __("Stage")],
		]), { on_change: chart_of_rows }),
		bottle_mfg.reports.choice("chart", __("Chart"), [
			["Output", __("Output")],
			["Reject rate", __("Reject rate")],
			["Reject reasons", __("Reject reasons")],
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
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		const listed = column.fieldname === "runs" || (column.fieldname === "label" && !data?.item);
		if (listed && data) return bottle_mfg.reports.documents("Blow", value, data);
		if (column.fieldname === "label" && data) {
			return frappe.utils.get_form_link("Bottle Item", data.item, true, value);
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};

/** Who asks for reasons, or stages, wants to see them drawn. */
function chart_of_rows(report) {
	const by_loss = ["Reason", "Stage"].includes(report.get_filter_value("group_by"));
	const chart = report.get_filter("chart");
	if (by_loss === (chart.get_value() === "Reject reasons")) report.refresh();
	else chart.set_value(by_loss ? "Reject reasons" : "Output");
}
