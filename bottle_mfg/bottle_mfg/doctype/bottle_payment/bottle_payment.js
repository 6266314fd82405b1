const PARTY = { "Bottle Sale": "customer", "Bottle Purchase": "supplier" };
const TOTAL = { "Bottle Sale": "total_price", "Bottle Purchase": "total_amount" };

frappe.ui.form.on("Bottle Payment", {
	setup(frm) {
		bottle_mfg.submit_in_one_step(frm, question, null);
		bottle_mfg.tab_through_what_is_seen(frm);
		frm.focus_on_first_input = () =>
			frm.get_field(frm.doc.reference_name ? "amount" : "reference_name").set_focus();
		frm.set_query("reference_name", () => {
			const { reference_type, reference_name, party } = frm.doc;
			// Begun from a customer or supplier, it is for a bill of theirs.
			const of_party = party && !reference_name ? { [PARTY[reference_type]]: party } : {};
			return { filters: { docstatus: 1, payment_status: ["!=", "Paid"], ...of_party } };
		});
	},
	refresh(frm) {
		const { doc } = frm;
		if (doc.docstatus === 0) show_bill(frm);
		if (doc.docstatus === 1 && doc.result === "Failed") {
			say_why_it_failed(frm);
			if (frappe.model.can_create("Bottle Payment")) {
				frm.add_custom_button(__("Try Again"), () => bottle_mfg.try_again(frm));
			}
		}
	},
	reference_type: (frm) => frm.set_value("reference_name", null),
	async reference_name(frm) {
		const bill = await show_bill(frm);
		const { party_type, direction } = bill || {};
		await frm.set_value({ party_type, party: bill && bill.party, direction });
		if (bill && !flt(frm.doc.amount)) frm.set_value("amount", Math.abs(bill.outstanding_amount));
	},
});

/** Say below the amount what the bill comes to and what is outstanding; gives what the payment takes over from it. */
async function show_bill(frm) {
	const { reference_type, reference_name } = frm.doc;
	const note = frm.get_field("bill_note");
	if (!reference_name) {
		note.html("");
		return null;
	}
	const party = PARTY[reference_type];
	const total = TOTAL[reference_type];
	const fields = [party, total, "is_return", "paid_amount", "credited_amount", "outstanding_amount"];
	const { message } = await frappe.db.get_value(reference_type, reference_name, fields);
	if (!message || !message[party] || frm.doc.reference_name !== reference_name) return null;
	const figures = [
		[__("Total"), message[total]],
		[__("Paid"), message.paid_amount],
		[__("Credited for returns"), message.credited_amount],
		[__("Outstanding"), message.outstanding_amount],
	];
	const shown = figures.filter(([label, amount]) => amount || label === __("Outstanding"));
	const words = shown.map(([label, amount]) => `${label} ${bottle_mfg.money(Math.abs(amount))}`);
	note.html(`<div class="small text-muted mb-4">${words.join(" · ")}</div>`);
	const receives = (reference_type === "Bottle Sale") === !message.is_return;
	return {
		party: message[party],
		party_type: party === "customer" ? "Bottle Customer" : "Bottle Supplier",
		direction: receives ? "Receive" : "Pay",
		outstanding_amount: message.outstanding_amount,
	};
}

// A headline is added to those that stand there, and a form is refreshed twice on its way to submit.
function say_why_it_failed(frm) {
	const reason = frappe.utils.escape_html(frm.doc.failure_reason || "");
	const words = __("This attempt failed: {0}", [reason]);
	frm.layout.wrapper.find(".payment-failed").remove();
	frm.dashboard.set_headline(`<div class="payment-failed">${words}</div>`, "red", true);
}

function question(frm) {
	const { doc } = frm;
	if (!doc.reference_name || !doc.party || !flt(doc.amount)) return null;
	const facts = [
		bottle_mfg.money(doc.amount),
		frappe.utils.escape_html(doc.party),
		frappe.utils.escape_html(doc.reference_name),
	];
	if (doc.result === "Failed") return __("Note that {0} of {1} for {2} failed?", facts);
	return doc.direction === "Receive"
		? __("Receive {0} from {1} for {2}?", facts)
		: __("Pay {0} to {1} for {2}?", facts);
}
