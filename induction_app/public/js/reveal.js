// Shows the question that an answer to a radio brings with it. The design system's own script says so with
// aria-expanded, which a radio may not carry.
const HIDDEN = "govuk-radios__conditional--hidden";

export function reveal_questions() {
	const radios = [...document.querySelectorAll("input[type=radio][data-aria-controls]")];
	if (!radios.length) return;
	const show = () =>
		radios.forEach((radio) => {
			document.getElementById(radio.dataset.ariaControls)?.classList.toggle(HIDDEN, !radio.checked);
		});
	document.addEventListener("click", show);
	window.addEventListener("pageshow", show);
	show();
}
