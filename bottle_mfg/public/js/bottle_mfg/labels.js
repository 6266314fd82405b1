import { is_ours } from "./ours";

const INPUTS = "input:not([type='hidden']), select, textarea, .ql-editor";

// Frappe shows a field's label above its input without saying so: screen readers would say nothing.
$(document).on("form-refresh", (_event, frm) => {
	if (!is_ours({ parent: frm.doctype })) return;
	Object.values(frm.fields_dict).forEach(({ df, $wrapper }) => {
		if (!df.label || df.fieldtype === "Table" || !$wrapper) return;
		$wrapper.find(INPUTS).not("[aria-label], [aria-labelledby]").attr("aria-label", __(df.label));
	});
});
