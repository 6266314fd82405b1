/** Whether a field belongs to a DocType of this app: all others keep Frappe's behaviour. */
export function is_ours(df) {
	return Boolean(frappe.boot.bottle_mfg) && frappe.boot.bottle_mfg.doctypes.includes(df.parent);
}
