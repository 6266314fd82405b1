frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Bottle Sales by Month"] = { method: "bottle_mfg.glance.charts.sales_by_month", filters: [] };
