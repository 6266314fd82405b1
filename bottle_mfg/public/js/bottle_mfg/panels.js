// What a form shows beside its own fields: figures, tables and pictures, asked for in one question.
const escape = (text) => frappe.utils.escape_html(String(text ?? ""));

/** Show a panel on top of the form: `draw` makes its HTML from the answer to `ask`, or gives null for none. */
export async function show_panel(frm, title, ask, draw) {
	const { doctype, docname } = frm;
	const { parent } = frm.dashboard;
	parent.find(".bottle-panel").remove();
	const waiting = `<div class="bottle-panel-waiting text-muted small">${__("Loading...")}</div>`;
	const body = frm.dashboard.add_section(waiting, title, "custom bottle-panel");
	const section = body.closest(".bottle-panel").prependTo(parent);
	frm.dashboard.show();
	const answer = await ask().catch(() => null);
	if (frm.doctype !== doctype || frm.docname !== docname || !section.parent().length) return;
	const html = answer && draw(answer);
	if (!html) return section.remove();
	body.html(html);
}

/** Figures side by side: [label, HTML, what it means (optional), colour (optional)], empty ones left out. */
export function figures(list) {
	const cells = list.filter(Boolean).map(
		([label, value, meaning, colour]) => `<div class="bottle-figure">
			<dt>${escape(label)}</dt>
			<dd class="${colour ? `text-${colour}` : ""}">${value}</dd>
			${meaning ? `<dd class="bottle-meaning">${escape(meaning)}</dd>` : ""}
		</div>`
	);
	return `<dl class="bottle-figures">${cells.join("")}</dl>`;
}

/** A table of some HTML cells; columns are [label, whether it is a number]. Without rows, what is said in their place. */
export function table(title, columns, rows, none) {
	const caption = `<div class="bottle-caption">${escape(title)}</div>`;
	if (!rows.length) return `<div>${caption}<p class="text-muted small">${escape(none)}</p></div>`;
	const side = (index) => (columns[index][1] ? ' class="text-right"' : "");
	const head = columns.map(([label], index) => `<th scope="col"${side(index)}>${escape(label)}</th>`);
	const lines = rows.map((row) => `<tr>${row.map((cell, at) => `<td${side(at)}>${cell}</td>`).join("")}</tr>`);
	return `<div class="bottle-table">${caption}<table aria-label="${escape(title)}">
		<thead><tr>${head.join("")}</tr></thead><tbody>${lines.join("")}</tbody>
	</table></div>`;
}

/** Parts of a panel beside each other, below each other on a phone. */
export function side_by_side(...parts) {
	return `<div class="bottle-parts">${parts.filter(Boolean).join("")}</div>`;
}

export const day = (date) => `<span class="text-nowrap">${escape(frappe.datetime.str_to_user(date))}</span>`;

/** The link to a document, its day and how it stands with it (HTML): beside each other, on a phone below. */
export function dated(doctype, name, date, state = "") {
	return `<div class="bottle-dated">${link(doctype, name)}<span class="text-muted">${day(date)}</span>${state}</div>`;
}

export const pill = (text, colour) => `<span class="indicator-pill ${colour} no-indicator-dot">${escape(text)}</span>`;

/** A link to a record, by its name or by other HTML. */
export function link(doctype, name, shown = escape(name)) {
	return `<span class="text-nowrap">${frappe.utils.get_form_link(doctype, name, true, shown)}</span>`;
}

export { escape };
