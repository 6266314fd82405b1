// The buttons of our forms have a letter, too, that presses them together with Alt, as Frappe's own buttons have: it is
// underlined while Alt is held.
const add_custom_button = frappe.ui.form.Form.prototype.add_custom_button;

frappe.ui.form.Form.prototype.add_custom_button = function (label, action, group) {
	const button = add_custom_button.call(this, label, action, group);
	const ours = frappe.boot.bottle_mfg && frappe.boot.bottle_mfg.doctypes.includes(this.doctype);
	if (button && ours && !group) frappe.ui.keys.get_shortcut_group(this.page).add(button, button);
	return button;
};
