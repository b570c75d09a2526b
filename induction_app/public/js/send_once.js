// A second click while a form is on its way does nothing. The server would not act twice either.
import { phrase, say } from "./form_text";

export function send_once(form) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.sending) {
			event.preventDefault();
			return;
		}
		if (navigator.onLine === false) {
			event.preventDefault();
			say(form, phrase(form, "Offline"));
			return;
		}
		form.dataset.sending = "yes";
	});
	// The back button brings the page back as it was left
	window.addEventListener("pageshow", () => delete form.dataset.sending);
}
