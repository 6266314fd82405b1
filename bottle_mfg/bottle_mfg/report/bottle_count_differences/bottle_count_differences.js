{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Count Differences"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.choice("group_by", __("Group By"), [
			["Item", __("Item")],
			["Reason", __("Reason")],
			["Warehouse", __("Warehouse")],
			["Counter", __("Counted By")],
			["Month", __("Month")],
			["Line", __("Each Difference")],
		]),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.choice("reason", __("Reason"), [
			["", ""],
			["Theft", __("Theft")],
			["Damage", __("Damage")],
			["Miscount", __("Miscount")],
			["Other", __("Other")],
		]),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		{ fieldname: "counter", label: __("Counted By (Login)"), fieldtype: "Data" },
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		if (["label", "counts"].includes(column.fieldname) && data?.documents) {
			return bottle_mfg.reports.documents("Bottle Stock Count", value, data);
		}
		if (column.fieldname === "label" && data?.item) {
			return frappe.utils.get_form_link("Bottle Item", data.item, true, value);
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
