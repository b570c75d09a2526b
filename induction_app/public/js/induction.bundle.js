// The one script of the pages. Everything works without it; it only improves.
import {
	Button,
	CharacterCount,
	Checkboxes,
	ErrorSummary,
	NotificationBanner,
	PasswordInput,
	ServiceNavigation,
	SkipLink,
	createAll,
} from "govuk-frontend";

import { autosave } from "./autosave";
import { forget_all_drafts, forget_saved_draft, keep_drafts } from "./drafts";
import { reveal_questions } from "./reveal";
import { send_once } from "./send_once";
import { guard_unsaved } from "./unsaved";

[
	Button,
	CharacterCount,
	Checkboxes,
	ErrorSummary,
	NotificationBanner,
	PasswordInput,
	ServiceNavigation,
	SkipLink,
].forEach((component) => createAll(component));

reveal_questions();
forget_saved_draft(document.body.dataset.savedToken);
if (document.body.dataset.signedOut) forget_all_drafts();

document.querySelectorAll("form[data-kit-form]").forEach((form) => {
	keep_drafts(form);
	autosave(form);
	send_once(form);
	guard_unsaved(form);
});
