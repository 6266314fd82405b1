import { is_ours } from "./ours";

// A new document has a key from the moment its form is made: saved twice, by a double click or by a request that
// the network repeats, it is one document. An amendment is another document than what it amends.
$(document).on("form-load", (_event, frm) => {
	const df = frappe.meta.get_docfield(frm.doctype, "idempotency_key");
	if (df && is_ours(df) && frm.is_new()) frm.doc.idempotency_key = random_key();
});

function random_key() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
