import { confirm_submit, lacks_approval, offer_approval } from "./approval";
import { effect_of_submit } from "./corrections";

// One step from a filled form to a submitted document, with one question that says what will happen.

/** Make `Submit` the first action of a draft, and let `question(frm)` ask before it.
 *
 * `question` gives null while facts are missing: Frappe's own check names them then. `effect(frm)` says what else
 * submitting would change; null for a document that changes nothing of the past.
 */
export function submit_in_one_step(frm, question, effect = effect_of_submit) {
	const set_page_actions = frm.toolbar.set_page_actions.bind(frm.toolbar);
	frm.toolbar.set_page_actions = (status) => {
		if (status !== "Save" || !frm.perm[0].submit) return set_page_actions(status);
		frm.toolbar.current_status = status;
		offer_submit(frm);
	};
	frm.savesubmit = (button, callback, on_error) =>
		new Promise((resolve) => {
			frm.validate_form_action("Submit");
			if (lacks_approval(frm)) return resolve(offer_approval(frm));
			const failed = () => frm.handle_save_fail(button, on_error);
			const submit = () => send(frm, button, callback, on_error).then(resolve, failed);
			const ask = (more) =>
				confirm_submit(frm, more ? `${sentence}<br><br>${more}` : sentence, submit, failed);
			const sentence = question(frm);
			if (!sentence) submit();
			else if (effect) effect(frm).then(ask, failed);
			else ask();
		});
}

// Called for every change of a field, also for one that ends with a press on a button: drawn anew under
// the pointer, the button would lose the click.
function offer_submit(frm) {
	const { page } = frm;
	if (!offers(page.btn_primary, __("Submit"))) {
		page.set_primary_action(__("Submit"), function () {
			frm.savesubmit(this);
		});
	}
	if (!offers(page.btn_secondary, __("Save as Draft"))) {
		page.set_secondary_action(__("Save as Draft"), function () {
			frm.save("Save", null, this);
		});
	}
}

function offers(button, label) {
	return !button.is(".hide, :disabled") && button.text().trim() === label;
}

async function send(frm, button, callback, on_error) {
	frappe.validated = true;
	await frm.script_manager.trigger("before_submit");
	if (!frappe.validated) throw new Error("refused by a form script");
	let answer;
	await frm.save("Submit", (r) => (answer = r), button, on_error);
	if (!answer || answer.exc) return frm;
	frappe.utils.play_sound("submit");
	callback && callback();
	await frm.script_manager.trigger("on_submit");
	return frm;
}
