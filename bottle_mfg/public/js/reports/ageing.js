// What Bottle Receivables and Bottle Payables share: debts by party, bill by bill.
frappe.provide("bottle_mfg.reports");

/** A report of debts. `party` is its filter, `statement` the report that a party's name opens. */
bottle_mfg.reports.ageing = (party, statement) => ({
	filters: [
		{
			fieldname: "date",
			label: __("As Of"),
			fieldtype: "Date",
			default: bottle_mfg.today(),
			reqd: 1,
		},
		party,
		bottle_mfg.reports.page(),
	],
	tree: true,
	name_field: "line",
	initial_depth: 0,
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "label" && data && data.bill) {
			return bottle_mfg.reports.record(data.doctype, data.bill);
		}
		if (column.fieldname === "label" && data && data.party) {
			const to_date = frappe.query_report.get_filter_value("date");
			const asked = { [party.fieldname]: data.party, from_date: data.since, to_date };
			return bottle_mfg.reports.drill(statement, asked, `<b>${frappe.utils.escape_html(value)}</b>`);
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
});
