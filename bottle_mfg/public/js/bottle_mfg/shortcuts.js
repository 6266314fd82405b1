// The shortcuts that start the day's tasks. They stand out, and lead those who may not make a document to the list
// of what there is.
frappe.provide("frappe.widget.widget_factory");

const FLOOR = "/blow";
const Shortcut = frappe.widget.widget_factory.shortcut;

frappe.widget.widget_factory.shortcut = class extends Shortcut {
	constructor(opts) {
		const task = opts.doc_view === "New" && frappe.boot.bottle_mfg.doctypes.includes(opts.link_to);
		if (task && !frappe.model.can_create(opts.link_to)) {
			opts = { ...opts, doc_view: "List", label: __(opts.link_to) };
		}
		super(opts);
		if (task || opts.url === FLOOR) this.widget.addClass("bottle-task");
	}
};
