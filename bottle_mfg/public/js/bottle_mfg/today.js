import { is_copy } from "./copies";
import { is_ours } from "./ours";

/** The factory's day, wherever its reader sits: documents and reports go by it. */
export function today() {
	return frappe.datetime.system_datetime().slice(0, 10);
}

// Frappe's own default is the day of the user's time zone. In New York that would be yesterday's for half the day, and
// the document a correction of the past.
$(document).on("form-load", (_event, { doc, doctype }) => {
	const df = frappe.meta.get_docfield(doctype, "date");
	const meant = is_copy(doc) || doc.date !== frappe.datetime.get_today();
	if (df && is_ours(df) && doc.__islocal && !meant) doc.date = today();
});
