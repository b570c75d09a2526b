// Text stays on the person's device until the server has it: a lost connection, a closed lid or a server
// error loses nothing. Drafts belong to a person, a page and a browser, and go when they sign out.
import { clock, phrase, put_back, same, say, typed } from "./form_text";

const PREFIX = "induction-draft:";
const DAYS_KEPT = 14;

function read(key) {
	try {
		return JSON.parse(localStorage.getItem(PREFIX + key));
	} catch {
		return null;
	}
}

function write(key, draft) {
	try {
		localStorage.setItem(PREFIX + key, JSON.stringify(draft));
		return true;
	} catch {
		return false;
	}
}

function all_keys() {
	try {
		return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
	} catch {
		return [];
	}
}

export function forget_all_drafts() {
	all_keys().forEach((key) => localStorage.removeItem(key));
}

/** The server says which form it saved, by the form's one-time token. */
export function forget_saved_draft(token) {
	const too_old = Date.now() - DAYS_KEPT * 24 * 60 * 60 * 1000;
	all_keys().forEach((key) => {
		const draft = read(key.slice(PREFIX.length));
		if (!draft || (token && draft.token === token) || draft.at < too_old) localStorage.removeItem(key);
	});
}

/** The server has this form's text: nothing unsaved is left of it on the device. */
export function forget_draft_of(form) {
	if (form.dataset.draft) localStorage.removeItem(PREFIX + form.dataset.draft);
}

export function keep_drafts(form) {
	const key = form.dataset.draft;
	if (!key) return;
	const token = form.querySelector("[name=submit_token]").value;
	const shown = typed(form);
	const draft = read(key);

	if (draft && same(draft.text, shown)) localStorage.removeItem(PREFIX + key);
	else if (draft && !form.dataset.shownAgain) offer_draft(form, draft, shown, key);

	let waiting;
	const keep = () => {
		clearTimeout(waiting);
		form.dataset.kept = write(key, { text: typed(form), at: Date.now(), token }) ? "yes" : "no";
	};
	form.addEventListener("input", () => {
		clearTimeout(waiting);
		waiting = setTimeout(keep, 400);
	});
	form.addEventListener("submit", keep);
	window.addEventListener("pagehide", () => waiting && form.dataset.dirty && keep());
}

function offer_draft(form, draft, shown, key) {
	put_back(form, draft.text);
	form.dataset.dirty = "yes";
	form.dataset.kept = "yes";
	const line = form.querySelector("[data-kit-restored]");
	if (!line) return;
	const when = new Date(draft.at);
	const written = line.querySelector("[data-kit-when]");
	written.textContent = `${when.toLocaleDateString("en-GB", { dateStyle: "long" })}, ${clock(when)}`;
	// Not between a page's caption and a question that is its heading
	if (form.querySelector("h1")) form.parentElement.prepend(line);
	line.hidden = false;
	line.querySelector("button").addEventListener("click", () => {
		put_back(form, shown);
		localStorage.removeItem(PREFIX + key);
		line.hidden = true;
		delete form.dataset.dirty;
		say(form, phrase(form, "Discarded"));
	});
}
