frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Bottle Stock Value by Item"] = { method: "bottle_mfg.glance.charts.stock_value_by_item", filters: [] };
