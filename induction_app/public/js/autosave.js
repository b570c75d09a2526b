// Sends a long form to the server while the person writes, where the page asks for it (`Form(autosave=True)`).
import { forget_draft_of } from "./drafts";
import { clock, phrase, same, say, typed } from "./form_text";

// After a pause in typing, and not more often than every so often: each save is kept in the record's history.
const PAUSE = 2500;
const AT_MOST_EVERY = 20000;

export function autosave(form) {
	if (!form.dataset.autosave) return;
	let saved = typed(form);
	let waiting;
	let busy = false;
	let last = 0;
	let sent_meanwhile = null;
	// A page that is being left may be shown again as it was before this save: its draft stays until then.
	let leaving = false;

	async function save() {
		const text = typed(form);
		if (busy || form.dataset.sending || same(text, saved)) return;
		if (navigator.onLine === false) return say(form, phrase(form, "Kept"));
		busy = true;
		last = Date.now();
		try {
			const body = new FormData(form);
			[...body.entries()].forEach(([name, value]) => value instanceof File && body.delete(name));
			// Not form.action: a button of that name would be meant.
			const answer = await fetch(form.getAttribute("action") || window.location.href, {
				method: "POST",
				body,
				headers: { "X-Induction-Autosave": "1", Accept: "application/json" },
				credentials: "same-origin",
			});
			const said = await answer.json();
			if (answer.ok) {
				saved = text;
				const modified = form.querySelector("[name=record_modified]");
				if (modified && said.modified) modified.value = said.modified;
				if (same(typed(form), saved)) {
					delete form.dataset.dirty;
					if (!leaving) forget_draft_of(form);
				}
				say(form, phrase(form, "Saved").replace("{0}", clock(new Date())));
			} else {
				say(form, said.error || phrase(form, "Kept"));
			}
		} catch {
			say(form, phrase(form, "Kept"));
		} finally {
			busy = false;
			if (sent_meanwhile) form.requestSubmit(sent_meanwhile.button);
			else if (!same(typed(form), saved)) later();
		}
	}

	function later() {
		clearTimeout(waiting);
		waiting = setTimeout(save, Math.max(PAUSE, last + AT_MOST_EVERY - Date.now()));
	}

	// The button pressed while a save is on its way: send the form when the save is done, not beside it.
	form.addEventListener("submit", (event) => {
		clearTimeout(waiting);
		if (!busy) return;
		event.preventDefault();
		event.stopImmediatePropagation();
		sent_meanwhile = { button: event.submitter };
	});

	form.addEventListener("input", later);
	window.addEventListener("beforeunload", () => (leaving = true));
	window.addEventListener("pageshow", () => (leaving = false));
	window.addEventListener("online", save);
	document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
}
