export const DUE_COLOURS = { Overdue: "red", Partial: "orange", Paid: "green" };

/** How far a bill is paid, in a list; nothing for one that does not stand. */
export function payment_pill(status, df, doc) {
	if (doc.docstatus !== 1 || !status) return "";
	return `<span class="indicator-pill ${DUE_COLOURS[status] || "gray"}">${__(status)}</span>`;
}
