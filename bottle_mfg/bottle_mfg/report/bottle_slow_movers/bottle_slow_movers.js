{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

frappe.query_reports["Bottle Slow Movers"] = {
	filters: [
		{
			fieldname: "date",
			label: __("As Of"),
			fieldtype: "Date",
			default: bottle_mfg.today(),
			reqd: 1,
		},
		bottle_mfg.reports.number("days", __("Days"), [60, 7, 14, 30, 90, 180, 365], __("In {0} days")),
		bottle_mfg.reports.choice("used_at_most", __("Used at Most"), [
			["10", __("Used at most 10 %")],
			["0", __("Nothing used")],
			["5", __("Used at most 5 %")],
			["25", __("Used at most 25 %")],
		]),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.item_type(),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		const shown = bottle_mfg.reports.format(value, row, column, data, default_formatter);
		const leads = data?.ledger && value && ["quantity", "last_movement"].includes(column.fieldname);
		return leads ? bottle_mfg.reports.drill("Bottle Stock Ledger", chosen(data.ledger), shown) : shown;
	},
};

/** Filters without those that are open. */
function chosen(filters) {
	return Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
}
