/** Whether a new document has the facts of another one, which it amends or duplicates: what those left empty stays so.
 *
 * Frappe's `copy_doc` leaves it without a `creation`; a document that it begins has no such key.
 */
export const is_copy = (doc) => Boolean(doc.amended_from) || doc.creation === "";
