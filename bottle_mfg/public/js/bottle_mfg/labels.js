import { is_ours } from "./ours";

const control = frappe.ui.form.ControlInput.prototype;
const { set_label } = control;

// Frappe shows a field's label above its input without saying so: screen readers would say nothing.
control.set_label = function (...given) {
	set_label.apply(this, given);
	const { df, $input } = this;
	if ($input && df.label && is_ours(df) && !$input.attr("aria-label")) $input.attr("aria-label", __(df.label));
};
