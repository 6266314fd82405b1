import { first_line } from "./lines";

/** Open a new document with some values filled in.
 *
 * `line()` gives, now or later, the values of the first line of its items.
 */
export async function new_document(doctype, values = {}, line = null) {
	const first = line ? await line() : {};
	await frappe.model.with_doctype(doctype);
	const doc = frappe.model.get_new_doc(doctype, null, null, true);
	Object.assign(doc, values);
	if (line) Object.assign(first_line(doc), first);
	return frappe.set_route("Form", doctype, doc.name);
}
