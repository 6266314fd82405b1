{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

const MOVED = ["opening", "came_in", "went_out", "closing"];

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
		const shown = bottle_mfg.reports.format(value, row, column, data, default_formatter);
		return data?.item && data.warehouse && value && MOVED.includes(column.fieldname)
			? movements(data, shown)
			: shown;
	},
};

/** From a quantity to the movements that it comes from. */
function movements({ item, warehouse }, label) {
	if (!frappe.model.can_get_report("Bottle Ledger Entry")) return label;
	const asked = { ...bottle_mfg.reports.shown_days(), item, warehouse };
	return bottle_mfg.reports.drill("Bottle Stock Ledger", asked, label);
}
