{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Payables"] = {
	filters: [
		{
			fieldname: "date",
			label: __("As Of"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		bottle_mfg.reports.link("supplier", __("Supplier"), "Bottle Supplier"),
		bottle_mfg.reports.page(),
	],
	tree: true,
	name_field: "line",
	initial_depth: 0,
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "label" && data && data.bill) {
			return frappe.utils.get_form_link(data.doctype, data.bill, true, value);
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
