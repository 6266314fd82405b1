// The figures of the workspace and the dashboard lead to the report that they are from: by a click, or with the
// keyboard. Where, the server says with the figure. Frappe knows this for cards in its newer releases, and for
// charts not at all.
frappe.provide("frappe.widget.widget_factory");

const OURS = "bottle_mfg.glance.";
const FITS = 1e10;
const { chart: Chart, number_card: NumberCard } = frappe.widget.widget_factory;

frappe.widget.widget_factory.number_card = class extends NumberCard {
	set_body() {
		if (/^Bottles? /.test(this.number_card_name)) this.widget.addClass("bottle-card");
		super.set_body();
	}

	get_number_for_custom_card(answer) {
		this.leads_to = answer;
		return super.get_number_for_custom_card(answer);
	}

	// To the digit, as the report has it, where Frappe rounds to lakhs or millions.
	set_formatted_number(df, ...more) {
		if (!is_ours(this.card_doc.method) || Math.abs(this.number) > FITS) {
			return super.set_formatted_number(df, ...more);
		}
		const html = frappe.format(this.number, df, { inline: true });
		this.formatted_number = $("<div>").html(html).text();
	}

	render_number() {
		const rendered = super.render_number();
		return Promise.resolve(rendered).then(() => {
			if (!is_ours(this.card_doc.method)) return;
			open_on_click(this, this.body, `${this.label}: ${this.formatted_number}`);
			$(this.body).find(".number").toggleClass("bottle-alarm", Boolean(this.leads_to.alarm));
		});
	}

	set_route_for_custom_card() {
		if (!is_ours(this.card_doc.method)) super.set_route_for_custom_card();
	}
};

frappe.widget.widget_factory.chart = class extends Chart {
	// There is nothing to filter by: that is what the report is for.
	setup_filter_button() {
		if (!is_ours(this.settings.method)) super.setup_filter_button();
	}

	render_time_series_filters() {
		if (!is_ours(this.settings.method)) super.render_time_series_filters();
	}

	render() {
		if (is_ours(this.settings.method) && this.chart_doc.type === "Donut" && this.data.labels) {
			this.loading.hide();
			this.empty.hide();
			this.chart_wrapper.show().html(ranking(this.data));
			this.lead_on();
			return Promise.resolve();
		}
		return Promise.resolve(super.render()).then(() => {
			if (is_ours(this.settings.method)) this.lead_on();
		});
	}

	lead_on() {
		this.leads_to = this.data;
		open_on_click(this, this.title_field, this.label || this.chart_name);
		open_on_click(this, this.chart_wrapper);
	}
};

function is_ours(method) {
	return String(method).startsWith(OURS);
}

/** Names with amounts of money, and how they compare: a ring has no room for names of a customer's length. */
function ranking({ labels, datasets: [{ values }] }) {
	const most = Math.max(...values);
	const rows = values.map((value, place) => {
		const name = frappe.utils.escape_html(labels[place]);
		const share = most > 0 ? Math.max((value / most) * 100, 0) : 0;
		return `<li>
			<span class="bottle-ranking-name ellipsis" title="${name}">${name}</span>
			<span class="bottle-ranking-value">${format_currency(value)}</span>
			<span class="bottle-ranking-bar"><span style="width: ${share}%"></span></span>
		</li>`;
	});
	return `<ol class="bottle-ranking">${rows.join("")}</ol>`;
}

/** Have a part of a widget lead to its report. With a label, the keyboard gets there, too. */
function open_on_click(widget, $part, label) {
	const open = () => {
		if (!(widget.leads_to && widget.leads_to.route) || widget.in_customize_mode) return;
		frappe.route_options = { ...widget.leads_to.route_options };
		frappe.set_route(widget.leads_to.route);
	};
	const $found = $($part).addClass("bottle-leads-on").off(".bottle").on("click.bottle", open);
	if (!label) return;
	$found.attr({ role: "link", tabindex: 0, "aria-label": label });
	$found.on("keydown.bottle", (event) => event.key === "Enter" && open());
}
