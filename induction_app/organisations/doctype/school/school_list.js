// Reading the national register into the list of schools.
frappe.listview_settings["School"] = {
	onload(listview) {
		if (!frappe.model.can_import("School")) return;
		listview.page.add_inner_button(__("Read the school register"), () => choose_register(listview));
	},
	get_indicator(doc) {
		const colour = doc.status === "Closed" ? "grey" : "green";
		return [__(doc.status || "Open"), colour, `status,=,${doc.status}`];
	},
};

function choose_register(listview) {
	new frappe.ui.FileUploader({
		dialog_title: __("School register, as downloaded from Get Information About Schools"),
		allow_multiple: false,
		make_attachments_public: false,
		restrictions: { allowed_file_types: [".csv", ".zip"] },
		on_success: (file) => read_register(listview, file.name),
	});
}

function read_register(listview, file) {
	frappe
		.call({
			method: "induction_app.api.organisations.import_register",
			type: "POST",
			args: { file },
			freeze: true,
			freeze_message: __("Reading the register"),
		})
		.then(({ message }) => {
			listview.refresh();
			frappe.msgprint({ title: __("School register"), message: report_of(message) });
		});
}

function report_of(report) {
	if (report.queued) {
		return __("The file is large, so it is being read in the background. You will be notified.");
	}
	const lines = [report.summary, ...report.refusals.map((refusal) => refusal.sentence)];
	return lines.map((line) => frappe.utils.escape_html(line)).join("<br>");
}
