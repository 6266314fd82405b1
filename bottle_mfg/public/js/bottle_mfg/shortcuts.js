// A shortcut to a new document leads those who may not make one to the list of what there is.
frappe.provide("frappe.widget.widget_factory");

const Shortcut = frappe.widget.widget_factory.shortcut;

frappe.widget.widget_factory.shortcut = class extends Shortcut {
	constructor(opts) {
		const ours = frappe.boot.bottle_mfg.doctypes.includes(opts.link_to);
		if (ours && opts.doc_view === "New" && !frappe.model.can_create(opts.link_to)) {
			opts = { ...opts, doc_view: "List", label: __(opts.link_to) };
		}
		super(opts);
	}
};
