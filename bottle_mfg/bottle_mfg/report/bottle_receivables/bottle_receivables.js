{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}
{% include "bottle_mfg/public/js/reports/ageing.js" %}

frappe.query_reports["Bottle Receivables"] = bottle_mfg.reports.ageing(
	bottle_mfg.reports.link("customer", __("Customer"), "Bottle Customer"),
	"Bottle Customer Statement",
);
