{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Stock Ledger"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.choice("voucher_type", __("Document Type"), [
			["", ""],
			["Bottle Purchase", __("Bottle Purchase")],
			["Blow", __("Blow")],
			["Bottle Sale", __("Bottle Sale")],
			["Bottle Stock Count", __("Bottle Stock Count")],
			["Bottle Stock Transfer", __("Bottle Stock Transfer")],
		]),
		{ fieldname: "voucher_no", label: __("Document"), fieldtype: "Data" },
		bottle_mfg.reports.choice("order", __("Order"), [
			["Newest first", __("Newest first")],
			["Oldest first", __("Oldest first")],
		]),
		{ fieldname: "include_cancelled", label: __("Include cancelled"), fieldtype: "Check" },
		bottle_mfg.reports.number("rows", __("Rows"), [500, 100, 2000, 5000], __("{0} rows")),
		bottle_mfg.reports.page("page"),
	],
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "voucher_type" && data) {
			return value ? __(value) : `<b>${data.state}</b>`;
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
