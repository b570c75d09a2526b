// Warns before leaving a page whose text is nowhere but on the screen, and where the page asks for it.
export function guard_unsaved(form) {
	form.addEventListener("input", () => {
		form.dataset.dirty = "yes";
	});
	window.addEventListener("beforeunload", (event) => {
		const safe = form.dataset.kept === "yes" && !form.dataset.warn;
		if (form.dataset.dirty && !form.dataset.sending && !safe && wants_guard(form)) event.preventDefault();
	});
}

function wants_guard(form) {
	return Boolean(form.dataset.draft || form.dataset.warn);
}
