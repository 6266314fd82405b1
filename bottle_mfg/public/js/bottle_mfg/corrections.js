// Corrections of the past: what one would change, asked before; and which are under way, shown while they are.
import { drop_empty_lines } from "./lines";
import { money, quantity } from "./numbers";
import { today } from "./today";

const PREVIEW = "bottle_mfg.api.v1.preview_correction";
const EVENT = "bottle_correction";

/** A sentence on what submitting the draft would change of the past; empty where it changes nothing. */
export async function effect_of_submit(frm) {
	const { doc } = frm;
	if (!doc.posting_time && (!doc.date || doc.date >= today())) return "";
	drop_empty_lines(frm);
	return in_words(await frappe.xcall(PREVIEW, { doc }));
}

/** Before a document is cancelled, say what that changes of others, and let the user think again. */
export async function confirm_cancel(frm) {
	const { doctype, docname } = frm;
	const sentence = in_words(await frappe.xcall(PREVIEW, { doctype, name: docname, action: "Cancel" }));
	if (!sentence) return;
	await new Promise((resolve) => {
		frappe.confirm(sentence, resolve, () => {
			frappe.validated = false;
			resolve();
		});
	});
}

/** Say above the form that its costs are being recomputed and how far that is, and show the new ones at the end; or say
 * why the document could not be submitted or cancelled in the background. */
export function show_corrections(frm) {
	frappe.realtime.off(EVENT, frm.correction_told);
	const { corrections = [], correction_failed } = frm.doc.__onload || {};
	if (!corrections.length) {
		if (correction_failed) tell_failure(frm, correction_failed);
		return;
	}
	const [first] = corrections;
	headline(frm, first);
	frm.correction_told = ({ name, done }) => {
		if (name !== first.name || cur_frm !== frm) return;
		done < first.entries ? headline(frm, { ...first, done }) : frm.reload_doc();
	};
	frappe.realtime.on(EVENT, frm.correction_told);
}

/** In the menu of a document that counts: what corrections of the past have made of its cost. */
export function offer_cost_changes(frm) {
	if (frm.doc.docstatus !== 1 || !frappe.model.can_read("Bottle Cost Change")) return;
	frm.page.add_menu_item(__("Cost Changes"), () =>
		frappe.set_route("List", "Bottle Cost Change", { document: frm.docname })
	);
}

function headline(frm, correction) {
	const link = frappe.utils.get_form_link(
		correction.document_type,
		correction.document,
		true,
		frappe.utils.escape_html(correction.document)
	);
	const what = correction.own
		? __("This document is being worked on in the background")
		: __("Costs are being recomputed because of {0}", [link]);
	const far = __("{0} of up to {1} entries", [quantity(correction.done), quantity(correction.entries)]);
	frm.dashboard.set_headline(`${what} · ${far}`, "blue");
}

function tell_failure(frm, why) {
	const sentence = __("This could not be done in the background: {0}", [frappe.utils.escape_html(why)]);
	frm.dashboard.set_headline(sentence, "red");
}

function in_words({ documents, entries, profit, background, since }) {
	if (!entries || documents === 0) return "";
	const words = [];
	if (documents === null) {
		words.push(__("This corrects the past: up to {0} later entries.", [quantity(entries)]));
	} else {
		words.push(__("This corrects the past: {0} later documents get another cost.", [documents]));
	}
	if (profit) words.push(__("The profit since {0} changes by {1}.", [day(since), signed(profit)]));
	if (background) words.push(__("It takes a while and runs in the background."));
	return words.join(" ");
}

const day = (moment) => frappe.datetime.str_to_user(moment.split(" ")[0]);
const signed = (amount) => (amount > 0 ? "+" : "") + money(amount);
