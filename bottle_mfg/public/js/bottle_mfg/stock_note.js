// Beside what is asked, what there is.
import { price, quantity } from "./numbers";

/** A line of text for each item of `asked` ({item: quantity}): what there is, and what is asked beyond it. */
export function stock_note(frm, asked) {
	const lines = Object.entries(asked).map(([item, wanted]) => line(frm, item, wanted));
	return lines.join("");
}

/** Put the note below the grid of a form. */
export function show_stock_note(frm, asked) {
	frm.get_field("stock_note").html(`<div class="stock-note mb-4">${stock_note(frm, asked)}</div>`);
}

function line(frm, item, wanted) {
	const held = frm.availability.of(item);
	if (!held) return "";
	const words = [__("{0}: {1} in stock", [frappe.utils.escape_html(item), quantity(held.quantity)])];
	if (held.unit_cost) words.push(__("{0} each", [price(held.unit_cost)]));
	const short = wanted > held.quantity;
	if (short) words.push(__("{0} too few", [quantity(wanted - held.quantity)]));
	return `<div class="small ${short ? "text-danger bold" : "text-muted"}">${words.join(" · ")}</div>`;
}
