// What the reports share. Each report's script includes this file.
{% include "bottle_mfg/public/js/reports/print.js" %}
frappe.provide("bottle_mfg.reports");

/** The From Date and To Date filters: this month up to today. */
bottle_mfg.reports.dates = () => [
	{
		fieldname: "from_date",
		label: __("From Date"),
		fieldtype: "Date",
		default: `${bottle_mfg.today().slice(0, 8)}01`,
		reqd: 1,
	},
	{
		fieldname: "to_date",
		label: __("To Date"),
		fieldtype: "Date",
		default: bottle_mfg.today(),
		reqd: 1,
	},
];

bottle_mfg.reports.link = (fieldname, label, options, extra) => ({
	fieldname,
	label,
	fieldtype: "Link",
	options,
	...extra,
});

/** A list to choose from. Options are [value, label]; the first is the default. */
bottle_mfg.reports.choice = (fieldname, label, options) => ({
	fieldname,
	label,
	fieldtype: "Select",
	options: options.map(([value, text]) => ({ value, label: text })),
	default: options[0][0],
});

/** A choice of numbers, the first the default. A number alone would not say what it is of: `text` has {0} for it. */
bottle_mfg.reports.number = (fieldname, label, numbers, text) =>
	bottle_mfg.reports.choice(fieldname, label, numbers.map((one) => [String(one), text.replace("{0}", one)]));

bottle_mfg.reports.item_type = () =>
	bottle_mfg.reports.choice("item_type", __("Item Type"), [
		["", ""],
		["Preform", __("Preform")],
		["Bottle", __("Bottle")],
		["Sold", __("Sold")],
		["Consumable", __("Consumable")],
	]);

/** Quantities show decimals only where they have some; rows that sum up are bold. */
bottle_mfg.reports.format = (value, row, column, data, default_formatter) => {
	if (!data) return default_formatter(value, row, column, data);
	const empty = value === null || value === undefined;
	const kind = data.kind && column.fieldtype === "Currency" ? data.kind : null;
	let shown;
	if (empty) {
		shown = "";
	} else if (kind === "percent" || column.fieldtype === "Percent") {
		shown = bottle_mfg.reports.right(`${format_number(value, null, 2)}%`);
	} else if (kind === "quantity" || column.fieldtype === "Float") {
		const places = cint(column.precision) || 3;
		shown = bottle_mfg.reports.right(format_number(value, null, Number.isInteger(flt(value, places)) ? 0 : places));
	} else {
		shown = default_formatter(value, row, column, data);
	}
	return data.bold && !empty ? $("<b>").append(shown).prop("outerHTML") : shown;
};

bottle_mfg.reports.right = (html) => `<div style="text-align: right">${html}</div>`;

/** A cell that leads to the list of documents that the row's figures are the sum of (the row's `documents`). */
bottle_mfg.reports.documents = (doctype, value, data) => {
	if (value === null || value === undefined || !data.documents) return value ?? "";
	const query = new URLSearchParams();
	Object.entries(data.documents).forEach(([name, wanted]) => {
		query.set(name, Array.isArray(wanted) ? JSON.stringify(wanted) : wanted);
	});
	const list = frappe.utils.get_form_link(doctype, "").replace(/\/$/, "");
	const link = `<a href="${list}?${query}">${frappe.utils.escape_html(String(value))}</a>`;
	const shown = data.bold ? `<b>${link}</b>` : link;
	return typeof value === "number" ? bottle_mfg.reports.right(shown) : shown;
};

/** The page that is shown of a long report; links in the report's message turn it. Nobody chose it: it is not printed. */
bottle_mfg.reports.page = (fieldname = "page_number") => ({
	fieldname,
	label: __("Page"),
	fieldtype: "Int",
	default: 1,
	hidden: 1,
	hidden_due_to_dependency: 1,
	bottle_page: 1,
});

// Whoever only wants to know a report's filters has no report on the screen.
if (frappe.views.QueryReport && !bottle_mfg.reports.of_frappe) {
	const QueryReport = frappe.views.QueryReport.prototype;
	const { get_chart_options, get_filter_values } = QueryReport;
	const { open_url_post } = window;
	bottle_mfg.reports.of_frappe = { get_chart_options, get_filter_values, open_url_post };
	const asked = ({ df }, values) => JSON.stringify({ ...values, [df.fieldname]: null });
	QueryReport.get_chart_options = function (data) {
		const page = bottle_mfg.reports.page_of(this);
		if (page) page.shown_of = asked(page, get_filter_values.call(this));
		const options = get_chart_options.call(this, data);
		if (options?.axisOptions && this.report_doc?.module === "Bottle Mfg") {
			// Frappe cuts labels that do not fit to a letter and dots. Of days, and on a phone, a few whole ones do as well.
			if (options.in_time || frappe.is_mobile()) options.axisOptions.xIsSeries = 1;
			options.axisOptions.numberFormatter = (number) =>
				frappe.utils.format_chart_axis_number(number).replace(/\.00$/, "");
		}
		return options;
	};
	// Whoever asks for something else begins with its first page.
	QueryReport.get_filter_values = function (raise) {
		const values = get_filter_values.call(this, raise);
		const page = bottle_mfg.reports.page_of(this);
		if (page?.shown_of && page.value > 1 && page.shown_of !== asked(page, values)) {
			page.set_input(1);
			values[page.df.fieldname] = 1;
		}
		return values;
	};
	// The server cannot tell rows that are folded, or on other pages, from those that a column filter hides.
	window.open_url_post = (url, args, ...rest) => {
		const of_ours = args?.cmd === "frappe.desk.query_report.export_query" && bottle_mfg.reports.page_of(frappe.query_report);
		if (of_ours) args.all_rows = bottle_mfg.reports.is_narrowed(frappe.query_report) ? 0 : 1;
		return open_url_post(url, args, ...rest);
	};
}

/** Whether something stands in the row of filters above the table. */
bottle_mfg.reports.is_narrowed = ({ datatable }) =>
	Boolean(datatable && Object.keys(datatable.columnmanager.getAppliedFilters()).length);

bottle_mfg.reports.page_of = (report) => report.filters.find(({ df }) => df.bottle_page);

$(document)
	.off("click.bottle_page")
	.on("click.bottle_page", "[data-bottle-page]", (event) => {
		event.preventDefault();
		bottle_mfg.reports.page_of(frappe.query_report).set_value(Number(event.currentTarget.dataset.bottlePage));
	});
