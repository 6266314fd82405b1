frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Bottle Output by Day"] = { method: "bottle_mfg.glance.charts.output_by_day", filters: [] };
