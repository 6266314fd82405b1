// A report on paper, printed or as PDF: what it was asked, its figures, its table. bottle_report.html has the looks.
frappe.provide("bottle_mfg.reports");

/** The paper's HTML. `columns` and `rows` are those that the screen shows. */
bottle_mfg.reports.paper = (report, title, columns, rows) => {
	const shown = columns.filter((column) => !column.hidden);
	const direction = frappe.utils.is_rtl() ? "rtl" : "ltr";
	return `<div class="bottle-report ${size(shown.length)}" dir="${direction}">
		<h1>${frappe.utils.escape_html(title)}</h1>
		<p>${asked(report)}</p>
		${note(report)}
		${figures(report)}
		<table class="lines">
			<thead><tr>${shown.map(head).join("")}</tr></thead>
			<tbody>${rows.map((row) => line(row, shown)).join("")}</tbody>
		</table>
	</div>`;

	function size(count) {
		if (count > 16) return "smallest";
		return count > 11 ? "small" : "";
	}

	/** The filters in one line. One that nobody sees nobody has chosen. */
	function asked({ filters }) {
		return filters
			.filter((filter) => !filter.df.hidden && filter.get_value?.())
			.map((filter) => `<span class="asked">${__(filter.df.label)}: <b>${said(filter.df, filter.get_value())}</b></span>`)
			.join(" ");
	}

	function said(df, value) {
		if (df.fieldtype === "Check") return __("Yes");
		if (df.fieldtype === "Date") return frappe.datetime.str_to_user(value);
		const option = df.fieldtype === "Select" && df.options.find((one) => String(one.value) === String(value));
		return frappe.utils.escape_html(String(option ? option.label : value));
	}

	/** What the screen says above the table, but for its links: of a long report, which rows these are. */
	function note({ raw_data }) {
		const said = $("<div>").html(raw_data.message || "");
		said.find("a").remove();
		const text = said.text().trim();
		return text ? `<p class="soft">${frappe.utils.escape_html(text)}</p>` : "";
	}

	function figures({ raw_data }) {
		const cells = (raw_data.report_summary || []).map(({ label, value, datatype }) => {
			const figure = frappe.format(value, { fieldtype: datatype }, { only_value: true });
			return `<td><div class="soft">${__(label)}</div><div class="figure">${figure}</div></td>`;
		});
		return cells.length ? `<table class="figures"><tr>${cells.join("")}</tr></table>` : "";
	}

	function head(column) {
		return `<th class="${side(column)}">${column.name}</th>`;
	}

	function line(row, shown) {
		const cells = shown.map((column, place) => {
			const value = column.format(row[column.fieldname], null, column, row);
			const indent = place ? 0 : cint(row.indent);
			return `<td class="${side(column)}"><div style="-webkit-margin-start: ${indent}em; margin-inline-start: ${indent}em">${value ?? ""}</div></td>`;
		});
		return `<tr class="${row.bold ? "bold" : ""}">${cells.join("")}</tr>`;
	}

	function side({ align }) {
		return align === "right" ? "end" : "";
	}
};
