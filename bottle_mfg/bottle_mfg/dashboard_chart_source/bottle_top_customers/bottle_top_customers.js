frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Bottle Top Customers"] = { method: "bottle_mfg.glance.charts.top_customers", filters: [] };
