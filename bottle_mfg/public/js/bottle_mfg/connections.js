// Forms begin with what people work on: the connections stand folded above it, until somebody opens them. Frappe's
// newer releases make no heading to fold them under.
const CHOICE = "form-links-closed"; // where Frappe keeps what the user chose last, for all forms

$(document).on("form-refresh", (_event, frm) => {
	const { links_area } = frm.dashboard || {};
	const ours = frappe.boot.bottle_mfg && frappe.boot.bottle_mfg.doctypes.includes(frm.doctype);
	if (!ours || !links_area) return;
	if (!links_area.head) make_head(links_area);
	if (localStorage.getItem(CHOICE) !== null) return;
	links_area.body.addClass("hide");
	links_area.head.addClass("collapsed");
	links_area.set_icon(true);
});

function make_head(section) {
	Object.assign(section.df, { label: __("Connections"), hide_label: false, collapsible: 1 });
	section.make_head();
	section.head.prependTo(section.wrapper);
	if (localStorage.getItem(CHOICE)) section.collapse(true);
}
