{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Stock Balance"] = {
	filters: [
		// Who may not see movements gets today's stock, whatever the dates say.
		...bottle_mfg.reports
			.dates()
			.map((filter) => ({ ...filter, hidden: !frappe.model.can_get_report("Bottle Daily Total") })),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.item_type(),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		{
			fieldname: "hide_zero",
			label: __("Hide items without stock"),
			fieldtype: "Check",
			default: 1,
		},
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "alarm" && value) {
			return `<span class="indicator-pill red">${frappe.utils.escape_html(value)}</span>`;
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};
