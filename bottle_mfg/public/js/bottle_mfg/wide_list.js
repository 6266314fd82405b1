const COLUMNS = 8;

/** Show all columns of a list on a laptop's screen, too, where Frappe shows four; a user's own choice stands. */
export function wide_list(list) {
	if (list.list_view_settings.total_fields) return;
	list.list_view_settings.total_fields = COLUMNS;
	list.setup_columns();
	list.render_header(true);
}
