// Whose page this is, and the token that the server wants to see with everything it is sent.
import { keep } from "./offline";
import { DONE, LOGIN, open_page } from "./server";

export class Session {
	/** `told(beginning)` hears when the page was asked for again; with null, when nobody is logged in any more. */
	constructor(beginning, told) {
		this.user = beginning.user;
		this.full_name = beginning.full_name;
		this.token = beginning.csrf_token;
		this.logged_in = true;
		this.told = told;
	}

	/** Ask for the page again: the token of an earlier day, which a page that was kept has, is worth nothing. */
	async renew() {
		const { outcome, beginning, response } = await open_page();
		if (outcome === LOGIN) {
			this.logged_in = false;
			this.told(null);
		}
		if (outcome !== DONE) return false;
		await keep(response, beginning.build).catch((error) => console.warn(error));
		if (beginning.user !== this.user) {
			location.reload(); // somebody else has logged in: the whole page is to be theirs
			return false;
		}
		this.token = beginning.csrf_token;
		this.logged_in = true;
		this.told(beginning);
		return true;
	}
}
