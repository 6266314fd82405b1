// Numbers as staff write them: quantities without idle zeros, prices with two to four decimals.
import { is_ours } from "./ours";

const QUANTITY_PLACES = 3;
const PRICE_PLACES = 4;

/** A quantity with its thousands separated, and decimals only where it has some. */
export function quantity(value) {
	return format_number(value, null, places(value, 0, QUANTITY_PLACES));
}

/** An amount in the site's currency. */
export function money(value) {
	return format_currency(value, frappe.boot.sysdefaults.currency);
}

/** A unit price or unit cost in the site's currency. */
export function price(value) {
	const currency = frappe.boot.sysdefaults.currency;
	return format_currency(value, currency, places(value, 2, PRICE_PLACES));
}

/** How many decimals `value` needs, at least `least` and at most `most`. */
function places(value, least, most) {
	const decimals = flt(value, most).toFixed(most).split(".")[1] || "";
	return Math.max(least, decimals.replace(/0+$/, "").length);
}

// A field keeps the precision that it is rounded to; only what is shown loses its idle zeros.
function number_control(Control, format) {
	return class extends Control {
		make_input() {
			super.make_input();
			if (is_ours(this.df)) select_on_focus(this.$input);
		}

		format_for_input(value) {
			const ours = is_ours(this.df) && !is_null(value) && value !== "";
			return ours ? format(this, value) : super.format_for_input(value);
		}
	};
}

/** In place of Frappe's own handler, which a tenth of a second later empties whatever field has the focus then. */
function select_on_focus(input) {
	input.off("focus").on("focus", () => input.select());
}

frappe.ui.form.ControlFloat = number_control(frappe.ui.form.ControlFloat, (control, value) =>
	format_number(value, null, places(value, 0, QUANTITY_PLACES))
);

frappe.ui.form.ControlCurrency = number_control(frappe.ui.form.ControlCurrency, (control, value) =>
	format_number(value, control.get_number_format(), places(value, 2, cint(control.get_precision())))
);

const { Float, Currency } = frappe.form.formatters;

frappe.form.formatters.Float = function (value, df, options, doc) {
	if (!is_ours(df) || (df.options && df.options.trim())) return Float.call(this, value, df, options, doc);
	const text = is_null(value) ? "" : quantity(value);
	return frappe.form.formatters._right(text, options);
};

frappe.form.formatters.Currency = function (value, df, options, doc) {
	if (is_ours(df) && is_null(value)) return "";
	return Currency.call(this, value, df, options, doc);
};
