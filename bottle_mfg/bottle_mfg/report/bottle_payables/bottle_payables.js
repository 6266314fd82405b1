{% include "bottle_mfg/public/js/reports/common.js" %}
{% include "bottle_mfg/public/js/reports/drill.js" %}
{% include "bottle_mfg/public/js/reports/ageing.js" %}

frappe.query_reports["Bottle Payables"] = bottle_mfg.reports.ageing(
	bottle_mfg.reports.link("supplier", __("Supplier"), "Bottle Supplier"),
	"Bottle Supplier Statement",
);
