{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Customer Statement"] = {
	filters: [
		bottle_mfg.reports.link("customer", __("Customer"), "Bottle Customer"),
		...bottle_mfg.reports.dates(),
		bottle_mfg.reports.page(),
	],
	formatter: bottle_mfg.reports.format,
	onload(report) {
		report.page.add_inner_button(__("Statement as PDF"), () => {
			const { customer, from_date, to_date } = report.get_filter_values(true);
			if (!customer) return frappe.show_alert(__("Choose whose statement you want to see."));
			const asked = new URLSearchParams({ customer, from_date, to_date });
			window.open(frappe.urllib.get_full_url(`/api/method/bottle_mfg.printing.download.statement?${asked}`));
		});
	},
};
