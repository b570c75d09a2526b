// What a person has typed into a form: never passwords, codes, files or the kit's own hidden fields.
const KEPT = "textarea[name], select[name], input[name]";
const NEVER = ["password", "file", "hidden", "submit", "button"];

function boxes(form) {
	return [...form.querySelectorAll(KEPT)].filter(
		(box) => !NEVER.includes(box.type) && box.autocomplete !== "one-time-code" && !box.dataset.secret
	);
}

/** The typed text, as [name, value] pairs; a ticked choice appears once for each tick. */
export function typed(form) {
	return boxes(form)
		.filter((box) => !["radio", "checkbox"].includes(box.type) || box.checked)
		.map((box) => [box.name, box.value]);
}

/** Put text taken by `typed` back. */
export function put_back(form, pairs) {
	boxes(form).forEach((box) => {
		const values = pairs.filter(([name]) => name === box.name).map(([, value]) => value);
		if (["radio", "checkbox"].includes(box.type)) {
			box.checked = values.includes(box.value);
		} else if (values.length) {
			box.value = values[0];
		}
		// Character counts and conditional questions listen for these
		box.dispatchEvent(new Event(box.type === "radio" || box.type === "checkbox" ? "click" : "keyup"));
	});
}

export function same(one, other) {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Say something quietly beside the button of a form. */
export function say(form, sentence) {
	const line = form.querySelector("[data-kit-kept]");
	if (line) line.textContent = sentence;
}

/** A time of day as the pages write it: `4:05pm`. */
export function clock(when) {
	return when.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).replace(" ", "");
}

export function phrase(form, name) {
	return form.dataset[`say${name}`] || "";
}
