// What the app's forms and lists share. A form's own script stands beside its DocType.
import { draft_indicator } from "./bottle_mfg/approval";
import { ask_last_price } from "./bottle_mfg/availability";
import { show_payments } from "./bottle_mfg/bill_overview";
import { BlowCosts } from "./bottle_mfg/blow_costs";
import { is_copy } from "./bottle_mfg/copies";
import { ask_stock, entry_form } from "./bottle_mfg/entry_form";
import { line_totals, show_in_row, show_values } from "./bottle_mfg/figures";
import { payment_pill } from "./bottle_mfg/indicators";
import { offer_tasks, show_item } from "./bottle_mfg/item_overview";
import { list_goods, start_first_line } from "./bottle_mfg/lines";
import { new_document } from "./bottle_mfg/new_document";
import { money, price, quantity } from "./bottle_mfg/numbers";
import { offer_opening, show_opening_bill, show_opening_costs } from "./bottle_mfg/opening";
import { show_party } from "./bottle_mfg/party_overview";
import { offer_payment, try_again } from "./bottle_mfg/payments";
import { return_indicator, show_returns, sign_of } from "./bottle_mfg/returns";
import { add_to_lines, scan_field } from "./bottle_mfg/scan";
import { offer_shop_floor, offer_words } from "./bottle_mfg/shop_floor";
import { show_stock_note, stock_note } from "./bottle_mfg/stock_note";
import { submit_in_one_step } from "./bottle_mfg/submit";
import { tab_through_what_is_seen } from "./bottle_mfg/tabbing";
import { today } from "./bottle_mfg/today";
import { wide_list } from "./bottle_mfg/wide_list";
import "./bottle_mfg/alt_keys";
import "./bottle_mfg/connections";
import "./bottle_mfg/glance";
import "./bottle_mfg/keys";
import "./bottle_mfg/labels";
import "./bottle_mfg/links";
import "./bottle_mfg/shortcuts";
import "./bottle_mfg/writing";

frappe.provide("bottle_mfg");

Object.assign(bottle_mfg, {
	BlowCosts,
	add_to_lines,
	ask_last_price,
	ask_stock,
	draft_indicator,
	entry_form,
	is_copy,
	line_totals,
	list_goods,
	money,
	new_document,
	offer_opening,
	offer_payment,
	offer_shop_floor,
	offer_tasks,
	offer_words,
	payment_pill,
	price,
	quantity,
	return_indicator,
	scan_field,
	show_in_row,
	show_item,
	show_opening_bill,
	show_opening_costs,
	show_party,
	show_payments,
	show_returns,
	show_stock_note,
	show_values,
	sign_of,
	start_first_line,
	stock_note,
	submit_in_one_step,
	tab_through_what_is_seen,
	today,
	try_again,
	wide_list,
});
