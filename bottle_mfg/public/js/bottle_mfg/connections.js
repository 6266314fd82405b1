// Forms begin with what people work on: the connections stand folded above it, until somebody opens them. Frappe's
// newer releases have no heading to fold them under: there they stand in a line.
const CHOICE = "form-links-closed"; // where Frappe keeps what the user chose last, for all forms

$(document).on("form-refresh", (_event, frm) => {
	const { links_area } = frm.dashboard || {};
	const ours = frappe.boot.bottle_mfg && frappe.boot.bottle_mfg.doctypes.includes(frm.doctype);
	if (!ours || !links_area || !links_area.head || localStorage.getItem(CHOICE) !== null) return;
	links_area.body.addClass("hide");
	links_area.head.addClass("collapsed");
	links_area.set_icon(true);
});
