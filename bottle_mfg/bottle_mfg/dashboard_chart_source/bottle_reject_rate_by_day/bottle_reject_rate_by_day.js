frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Bottle Reject Rate by Day"] = { method: "bottle_mfg.glance.charts.reject_rate_by_day", filters: [] };
