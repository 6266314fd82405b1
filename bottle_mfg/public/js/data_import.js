/** The form of Frappe's Data Import, where it is one of our DocTypes that is imported. Others' stay as they are. */

const OURS = "Data Import";
const ASK_EVERY = 2000;

const ours = (frm) => (frappe.boot.bottle_mfg?.doctypes || []).includes(frm.doc.reference_doctype);
const refused = (frm) => frm.doc.status === "Error" && ours(frm);

/** Put `act(frm, standard, ...)` in the place of Frappe's own handler, for imports that `when` is true of. */
function instead(event, when, act) {
	const standard = (frappe.ui.form.handlers[OURS][event] || []).at(-1);
	if (!standard) return;
	frappe.ui.form.off(OURS, event);
	frappe.ui.form.on(OURS, event, (frm, ...rest) => (when(frm) ? act(frm, standard, ...rest) : standard(frm, ...rest)));
}

instead("show_import_status", refused, (frm) => {
	const rows = new Set(JSON.parse(frm.doc.template_warnings || "[]").map((fault) => fault.row).filter(Boolean));
	let sentence = __("Nothing was imported. What is wrong stands below.");
	if (rows.size === 1) sentence = __("Nothing was imported. Correct the row listed below in your file and attach it again.");
	if (rows.size > 1) {
		sentence = __("Nothing was imported. Correct the {0} rows listed below in your file and attach it again.", [rows.size]);
	}
	frm.dashboard.set_headline(sentence, "red");
});

// What the log says stands above it already, by row.
instead("show_import_log", refused, (frm) => frm.toggle_display("import_log_section", false));

// Rows that are exported on their own would be imported without the others, which are not in either.
instead("show_import_preview", refused, (frm, standard, preview) => standard(frm, { ...preview, import_log: [] }));

instead("start_import", ours, async (frm, standard) => {
	standard(frm);
	await watch(frm);
});

frappe.ui.form.on(OURS, {
	refresh: say_what_is_ours,
	reference_doctype: say_what_is_ours,
});

function say_what_is_ours(frm) {
	frm.remove_custom_button(__("Sample File"));
	if (!ours(frm)) return;
	frm.add_custom_button(__("Sample File"), () => download_sample(frm.doc.reference_doctype));
	frm.set_df_property(
		"reference_doctype",
		"description",
		__("All rows are imported, or none: if any row has a fault, all faults are listed and nothing is entered.")
	);
}

function download_sample(doctype) {
	const name = `${frappe.scrub(doctype)}.csv`;
	$("<a>", { href: `/assets/bottle_mfg/samples/${name}`, download: name })[0].click();
}

/** Load the form anew when the import is over, also where no websocket says so. */
async function watch(frm) {
	const { name, modified } = frm.doc;
	for (;;) {
		await new Promise((over) => setTimeout(over, ASK_EVERY));
		if (cur_frm !== frm || frm.doc.name !== name || frm.doc.modified !== modified) return;
		const { message } = await frappe.db.get_value(OURS, name, ["status", "modified"]);
		if (message.status !== "Pending" && message.modified !== modified) {
			frm.import_in_progress = false;
			await frm.reload_doc();
			return;
		}
	}
}
