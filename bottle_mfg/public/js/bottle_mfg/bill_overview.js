// What was paid of a bill and what came back of it, on its form.
import { money } from "./numbers";
import { dated, side_by_side, table } from "./panels";
import { payment_table } from "./party_overview";

const OVERVIEW = "bottle_mfg.api.v1.bill_overview";

/** Below the amounts of a submitted bill, its payments and returns. */
export async function show_payments(frm) {
	const { doctype, doc } = frm;
	const field = frm.get_field("payment_list");
	field.html("");
	const may_see = doctype === "Bottle Sale" || frm.get_perm(1, "read");
	if (doc.docstatus !== 1 || !may_see) return;
	const { payments, returns } = await frappe.xcall(OVERVIEW, { doctype, name: doc.name });
	if (frm.docname !== doc.name) return;
	field.html(
		side_by_side(
			payment_table(
				doc.is_return ? __("Refunds") : __("Payments"),
				payments,
				doc.is_return ? __("Nothing was refunded yet") : __("Nothing was paid yet")
			),
			returns.length && returned(doctype, returns)
		)
	);
}

function returned(doctype, returns) {
	const rows = returns.map((one) => [dated(doctype, one.name, one.date), money(-one.total)]);
	return table(__("Returns"), [[__("Return")], [__("Worth"), true]], rows);
}
