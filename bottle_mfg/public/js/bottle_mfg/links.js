import { is_ours } from "./ours";

// Tab leads from a link to the next field. The arrow that opens the record stands between for a moment only, so
// that a quick typist would lose the cursor to it.
frappe.ui.form.ControlLink = class extends frappe.ui.form.ControlLink {
	make_input() {
		super.make_input();
		if (is_ours(this.df) && this.$link_open) this.$link_open.attr("tabindex", -1);
	}
};
