// A field that takes what a scanner reads, or a hand types: it is no field of the document, and nothing of it is saved.
import { escape } from "./panels";
import { quantity } from "./numbers";

const FIND = "/api/method/bottle_mfg.api.v1.find_item";
const SHOWN = 1200; // milliseconds that a line stays marked

/** Put a scan field into the form's HTML field `scan`. `take(item)` gives what is said of an item that was found. */
export function scan_field(frm, take) {
	const field = frm.get_field("scan");
	if (frm.doc.docstatus !== 0) return;
	if (frm.scanner) return frm.scanner.begin(frm.docname);
	field.$wrapper.html('<div class="bottle-scan"><div class="control"></div><div class="note small" role="status"></div></div>');
	frm.scanner = new Scanner(field.$wrapper, take);
	frm.scanner.begin(frm.docname);
	frappe.ui.keys.add_shortcut({
		shortcut: "f2",
		page: frm.page,
		ignore_inputs: true,
		description: __("Scan"),
		action: () => frm.scanner.control.$input.focus(),
	});
}

/** Take what was scanned into the lines of a table: one more of what there is, or a new line. */
export async function add_to_lines(frm, { item_id }, fieldname = "quantity", table = "items") {
	const rows = frm.doc[table] || [];
	let row = rows.find((one) => one.item === item_id);
	if (!row) {
		row = rows.find((one) => !one.item) || frm.add_child(table);
		await frappe.model.set_value(row.doctype, row.name, { item: item_id, [fieldname]: 1 });
	} else {
		await frappe.model.set_value(row.doctype, row.name, fieldname, flt(row[fieldname]) + 1);
	}
	frm.refresh_field(table);
	mark(frm, table, row);
	return __("{0}: {1}", [item_id, quantity(row[fieldname])]);
}

function mark(frm, table, row) {
	const grid_row = frm.fields_dict[table].grid.grid_rows_by_docname[row.name];
	if (!grid_row) return;
	grid_row.wrapper.addClass("bottle-scanned");
	setTimeout(() => grid_row.wrapper.removeClass("bottle-scanned"), SHOWN);
}

class Scanner {
	constructor(wrapper, take) {
		this.take = take;
		this.note = wrapper.find(".note");
		this.waiting = Promise.resolve();
		this.control = frappe.ui.form.make_control({
			parent: wrapper.find(".control"),
			df: {
				fieldtype: "Data",
				options: "Barcode",
				fieldname: "scan",
				label: __("Scan"),
				placeholder: __("Barcode or item code, then Enter"),
			},
			render_input: true,
		});
		const { $input } = this.control;
		// Half a second after a key the control would take what is typed so far.
		$input.off("change input");
		// The camera hands over what it read.
		this.control.set_value = (code) => {
			$input.val(code);
			this.read();
		};
		// A line that is still being edited would draw the cursor back to itself when it is filled.
		$input.on("focus", () => {
			const { editable_row } = frappe.ui.form;
			if (editable_row) editable_row.toggle_editable_row(false);
			frappe.ui.form.editable_row = false;
		});
		$input.attr("aria-label", __("Scan a barcode, or type it or an item code, then Enter"));
		$input.on("keydown", (event) => {
			if (event.key !== "Enter") return;
			// The form's own Enter would go on to the next field.
			event.preventDefault();
			event.stopPropagation();
			this.read();
		});
	}

	/** What was said of another document is over; a refresh of the same one is none. */
	begin(docname) {
		if (this.docname !== docname) this.say("");
		this.docname = docname;
	}

	/** A scanner does not wait for an answer: what it reads is dealt with in its order. */
	read() {
		const { $input } = this.control;
		const code = $input.val().trim();
		$input.val("");
		if (code) this.waiting = this.waiting.then(() => this.find(code));
	}

	async find(code) {
		const refused = (words) => this.say(words, true);
		try {
			const answer = await fetch(`${FIND}?code=${encodeURIComponent(code)}`, {
				headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
			});
			const body = await answer.json();
			if (!answer.ok) return refused(typeof body.detail === "string" ? body.detail : __("Cannot read {0}", [code]));
			if (body.message.disabled) return refused(__("Item {0} is disabled", [body.message.item_id]));
			const said = await this.take(body.message);
			this.say(said);
		} catch (error) {
			refused(__("{0} could not be looked up: is there a connection?", [code]));
		}
	}

	say(words, wrong = false) {
		this.note.toggleClass("text-danger bold", wrong).toggleClass("text-muted", !wrong);
		this.note.html(escape(words));
		const box = this.control.$wrapper.find("input");
		box.removeClass("bottle-wrong");
		if (!wrong) return;
		void box[0].offsetWidth; // begins the flash anew
		box.addClass("bottle-wrong");
		frappe.utils.play_sound("error");
	}
}
