{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}

frappe.query_reports["Bottle Profit and Loss"] = {
	filters: [
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.choice("periodicity", __("Period"), [
			["Total", __("Total")],
			["Monthly", __("Monthly")],
			["Quarterly", __("Quarterly")],
			["Yearly", __("Yearly")],
			["Weekly", __("Weekly")],
			["Daily", __("Daily")],
		]),
		bottle_mfg.reports.choice("compare", __("Compare With"), [
			["Nothing", __("Compare with nothing")],
			["Period before", __("Period before")],
			["Last year", __("Last year")],
		]),
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.link("warehouse", __("Warehouse"), "Bottle Warehouse"),
		bottle_mfg.reports.page(),
	],
	tree: true,
	name_field: "line",
	initial_depth: 1,
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "label" && data && data.item) {
			return bottle_mfg.reports.record("Bottle Item", data.item, value);
		}
		if (column.fieldname === "label" && data && data.category) {
			return expenses_of(data, bottle_mfg.reports.shown_days(), value);
		}
		const shown = bottle_mfg.reports.format(value, row, column, data, default_formatter);
		return data && value && column.from_date ? explained(data, column, shown) : shown;
	},
};

const SOLD = ["revenue", "cost_of_goods", "profit", "margin", "sold_quantity"];
const MADE = ["produced_quantity", "conversion_cost"];

/** An amount as a link to what it is made of: by items, of one item by customers or days. */
function explained(data, { from_date, to_date }, shown) {
	const days = { from_date, to_date };
	const warehouse = bottle_mfg.reports.chosen("warehouse");
	const item = data.item || bottle_mfg.reports.chosen("item");
	if (SOLD.includes(data.line)) {
		const group_by = item ? "Customer" : "Item";
		const asked = { ...days, group_by, item, customer: "", warehouse };
		return bottle_mfg.reports.drill("Bottle Gross Profit", asked, shown);
	}
	if (MADE.includes(data.line)) {
		// The cost analysis puts what rejects took of the blowing cost under rejects: here all of it stands in one column.
		const asked = { ...days, group_by: item ? "Day" : "Bottle", bottle: item, warehouse };
		return bottle_mfg.reports.drill("Bottle Production", asked, shown);
	}
	return shown;
}

/** A link to the expenses that a line is the sum of. */
function expenses_of({ category, line, bold }, { from_date, to_date }, label) {
	const documents = {
		category,
		docstatus: 1,
		covered_by_blow_cost: line === "covered_expenses" ? 1 : 0,
		date: ["between", [from_date, to_date]],
	};
	return bottle_mfg.reports.documents("Bottle Expense", label, { documents, bold });
}
