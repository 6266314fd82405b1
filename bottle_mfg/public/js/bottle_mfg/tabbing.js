// Where Tab leads from the last field that can be seen.

/** Let Tab pass by what is folded away, and end at the button that does it.
 *
 * Frappe would put the cursor where it cannot be seen, and open a line of a folded table behind a veil that nobody
 * can lift.
 */
export function tab_through_what_is_seen(frm) {
	const { layout } = frm;
	const is_visible = layout.is_visible.bind(layout);
	layout.is_visible = (field) => is_visible(field) && !(field.section && field.section.is_collapsed());
	layout.primary_button = frm.page.btn_primary;
}
