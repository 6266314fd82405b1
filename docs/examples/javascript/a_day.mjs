// A day in the factory: preforms are bought, blown into bottles, sold and paid for.
//
//   BOTTLE_API_KEY="key:secret" node a_day.mjs http://127.0.0.1:8000 \
//       --supplier "…" --customer "…" --preform PRE-… --bottle BTL-… --warehouse "Main Store"
//
// Without BOTTLE_API_KEY it signs in by OAuth, with BOTTLE_CLIENT_ID, BOTTLE_USER and BOTTLE_PASSWORD.
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { BottleClient, Refused } from "./bottle_client.mjs";

const text = { type: "string" };
const options = { supplier: text, customer: text, preform: text, bottle: text, warehouse: text };
const { values: named, positionals } = parseArgs({ options, allowPositionals: true });
const client = await signedIn(positionals[0]);
const { supplier, customer, preform, bottle, warehouse } = named;

const purchase = await client.call("create_purchase", {
	supplier,
	warehouse,
	items: [{ item: preform, quantity: 1000, unit_price: 2 }],
});
console.log(`bought 1000 preforms for ${purchase.total_amount.toFixed(2)}`);

const blow = await client.call("create_blow", {
	from_item: preform,
	to_item: bottle,
	quantity: 1000,
	good_quantity: 950,
	blow_cost_per_unit: 0,
	warehouse,
});
console.log(`blew 950 bottles at ${blow.produced_unit_cost.toFixed(4)}`);

const order = { customer, warehouse, items: [{ item: bottle, quantity: 100, unit_price: 4 }] };
const key = randomUUID();
const sale = await client.call("create_sale", order, key);
console.log(`sold 100 bottles for ${sale.total_price.toFixed(2)}, profit ${sale.profit.toFixed(2)}`);

const again = await client.call("create_sale", order, key);
console.log(`sent again: ${again.name === sale.name ? "the same sale" : "ANOTHER SALE"}`);
const other = await refusal(client.call("create_sale", { ...order, notes: "something else" }, key));
console.log(`other content: ${other.status} ${other.code}`);

const tooMany = { ...order, items: [{ item: bottle, quantity: 10_000, unit_price: 4 }] };
const refused = await refusal(client.call("create_sale", tooMany));
for (const short of refused.body.shortages) {
	console.log(`${refused.code}: ${short.available} of ${short.requested}, ${short.shortage} short`);
}

await client.call("create_sale", { ...order, items: [{ item: bottle, quantity: 50, unit_price: 4 }] });
console.log("sold 50 bottles");

const paid = await client.insert("Bottle Payment", {
	reference_type: "Bottle Sale",
	reference_name: sale.name,
	amount: sale.outstanding_amount,
	mode: "Cash",
	docstatus: 1,
});
console.log(`received ${paid.amount.toFixed(2)}`);

let sales = 0;
for await (const _ of client.documents("Bottle Sale", { filters: { customer }, fields: ["name"], limit: 1 })) sales++;
console.log(`sales of the customer: ${sales}`);

const [held] = await client.call("availability", { items: [bottle], warehouse });
console.log(`left: ${held.quantity} bottles`);

async function signedIn(site) {
	const { BOTTLE_API_KEY, BOTTLE_CLIENT_ID, BOTTLE_USER, BOTTLE_PASSWORD } = process.env;
	if (BOTTLE_API_KEY) return BottleClient.withApiKey(site, ...BOTTLE_API_KEY.split(":"));
	return BottleClient.withPassword(site, BOTTLE_CLIENT_ID, BOTTLE_USER, BOTTLE_PASSWORD);
}

async function refusal(promise) {
	try {
		await promise;
	} catch (error) {
		if (error instanceof Refused) return error;
		throw error;
	}
	throw new Error("this should have been refused");
}
