// Buttons for the authorisation of a school. What a person may do is decided by the server.
frappe.ui.form.on("School", {
	refresh(frm) {
		const actions = (frm.doc.__onload || {}).authorisation_actions || [];
		if (actions.includes("request")) {
			frm.add_custom_button(__("Ask for authorisation"), () => act(frm, "request_authorisation"));
		}
		if (actions.includes("authorise")) {
			frm.add_custom_button(__("Authorise"), () => act(frm, "authorise_school")).addClass("btn-primary");
		}
		if (actions.includes("return")) {
			frm.add_custom_button(__("Return"), () => ask_reason(frm));
		}
	},
});

function act(frm, method, values = {}) {
	return frappe
		.call({
			method: `induction_app.api.organisations.${method}`,
			type: "POST",
			args: { school: frm.doc.name, ...values },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}

function ask_reason(frm) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
		({ reason }) => act(frm, "return_school", { reason }),
		__("What has the school to put right?"),
		__("Return")
	);
}
