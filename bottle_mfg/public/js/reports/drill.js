// Links from a figure of a report to what it is made of: a finer report, or documents.
frappe.provide("bottle_mfg.reports");

/** A link to a report with filters. The report that is open already only sets them. `label` is HTML. */
bottle_mfg.reports.drill = (report, filters, label) => {
	const base = frappe.utils.get_form_link("Report", "").replace(/report\/?$/, "query-report/");
	const asked = new URLSearchParams(filters);
	const address = `${base}${encodeURIComponent(report)}?${asked}`;
	return `<a href="${address}" data-bottle-report="${report}" data-bottle-filters="${asked}">${label}</a>`;
};

/** A link to a record, with any text. */
bottle_mfg.reports.record = (doctype, name, label = name) => {
	const address = frappe.utils.get_form_link(doctype, name);
	return `<a href="${address}">${frappe.utils.escape_html(label)}</a>`;
};

/** The days that the report shows. */
bottle_mfg.reports.shown_days = () => {
	const days = ["from_date", "to_date"].map((name) => [name, frappe.query_report.get_filter_value(name)]);
	return Object.fromEntries(days);
};

/** What is chosen in a filter, or an empty text. */
bottle_mfg.reports.chosen = (name) => frappe.query_report.get_filter_value(name) || "";

if (!bottle_mfg.reports.drills) {
	bottle_mfg.reports.drills = true;
	// Frappe goes nowhere where only the filters of an address differ.
	document.addEventListener("click", set_filters_of_open_report, true);
}

function set_filters_of_open_report(event) {
	const link = event.target.closest && event.target.closest("a[data-bottle-report]");
	const report = frappe.query_report;
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
	if (!report || report.report_name !== link.dataset.bottleReport) return;
	event.preventDefault();
	event.stopPropagation();
	report.set_filter_value(Object.fromEntries(new URLSearchParams(link.dataset.bottleFilters)));
}
