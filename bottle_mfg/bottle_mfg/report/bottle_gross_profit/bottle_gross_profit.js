{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

frappe.query_reports["Bottle Gross Profit"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.choice("group_by", __("Group By"), [
			["Item", __("Item")],
			["Customer", __("Customer")],
			["Month", __("Month")],
			["Bill", __("Bill")],
		]),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.link("customer", __("Customer"), "Bottle Customer"),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.page(),
	],
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname !== "label" || !data || data.bold) {
			return bottle_mfg.reports.format(value, row, column, data, default_formatter);
		}
		if (data.bill) return bottle_mfg.reports.record("Bottle Sale", data.bill);
		return finer(data, frappe.utils.escape_html(value));
	},
};

/** What comes after a row: of an item its customers, of a customer its items, of a month its items, then the bills. */
function finer(data, label) {
	const chosen = Object.fromEntries(
		["item", "customer", "warehouse"].map((name) => [name, bottle_mfg.reports.chosen(name)]),
	);
	const asked = { ...bottle_mfg.reports.shown_days(), ...chosen };
	for (const name of ["item", "customer", "from_date", "to_date"]) {
		if (data[name]) asked[name] = data[name];
	}
	if (!asked.item && !data.customer) asked.group_by = "Item";
	else if (asked.item && asked.customer) asked.group_by = "Bill";
	else asked.group_by = asked.item ? "Customer" : "Item";
	return bottle_mfg.reports.drill("Bottle Gross Profit", { ...asked, page_number: 1 }, label);
}
