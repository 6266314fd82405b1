// From the Desk to the screen at the machines, and the words that it has buttons for.

const SCREEN = "/blow";

/** Put the way to the screen on a list's or form's page, for who may use it. */
export function offer_shop_floor(page) {
	if (frappe.model.can_create("Blow")) page.add_inner_button(__("Shop Floor"), () => window.open(SCREEN));
}

/** Offer words while a field is typed into; others are as good. */
export function offer_words(frm, fieldname, words) {
	const { $input } = frm.get_field(fieldname);
	if (!$input || !words.length) return;
	const id = `bottle-mfg-words-of-${fieldname}`;
	const list = document.getElementById(id) || document.body.appendChild(document.createElement("datalist"));
	list.id = id;
	list.replaceChildren(...words.map((word) => new Option(word)));
	$input.attr("list", id);
}
