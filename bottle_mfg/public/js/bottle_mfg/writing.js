// Frappe writes Arabic, Hebrew, Persian and Pashto from the right, and takes Urdu for a language that is written from
// the left.
const { right_to_left = [] } = frappe.boot.bottle_mfg || {};
const of_frappe = frappe.utils.is_rtl;

frappe.utils.is_rtl = (lang = null) => of_frappe(lang) || right_to_left.includes((lang || frappe.boot.lang).split("-")[0]);

const page = document.documentElement;
if (frappe.utils.is_rtl() && page.dir !== "rtl") {
	page.dir = "rtl";
	const bundles = frappe.boot.assets_json;
	const names = Object.fromEntries(Object.entries(bundles).map(([name, path]) => [path, name]));
	document.querySelectorAll("link[rel='stylesheet']").forEach((sheet) => {
		const turned = bundles[`rtl_${names[new URL(sheet.href).pathname]}`];
		if (turned) sheet.href = turned;
	});
}
