// What our records add to the framework's forms: why a figure is what it is, the PDF, the signatures, a
// reason for sending back, and for an ECT the what-if and who has access. The server decides everything.

const EXPLAINED = ["ECT", "Induction Period", "Progress Review", "Formal Assessment", "Induction Decision"];
const PRINTED = [
	"ECT",
	"Observation",
	"Progress Review",
	"Formal Assessment",
	"Action Plan",
	"Induction Decision",
];
const MOVING = [...PRINTED, "QM Audit"];
const SIGNED = ["Progress Review", "Formal Assessment"];

for (const doctype of new Set([...EXPLAINED, ...MOVING])) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new()) return;
			if (EXPLAINED.includes(doctype)) frm.add_custom_button(__("Why these dates"), () => show_why(frm));
			if (PRINTED.includes(doctype)) frm.add_custom_button(__("PDF"), () => open_pdf(frm));
			if (SIGNED.includes(doctype)) show_signatures(frm);
			if (doctype === "ECT") {
				frm.add_custom_button(__("What if"), () => ask_what_if(frm));
				frm.add_custom_button(__("Who has access"), () => show_access(frm));
			}
		},
		before_workflow_action: ask_reason_to_return,
	});
}

function get(method, args) {
	return frappe.call({ method: `induction_app.api.${method}`, type: "GET", args }).then((r) => r.message);
}

function escape(value) {
	return frappe.utils.escape_html(String(value ?? ""));
}

function dated(value) {
	return /^\d{4}-\d\d-\d\d$/.test(value || "") ? moment(value).format("D MMMM YYYY") : value;
}

function show(title, html) {
	const dialog = new frappe.ui.Dialog({ title, size: "large" });
	dialog.$body.html(html);
	dialog.show();
	return dialog;
}

async function show_why(frm) {
	const figures = Object.entries(await get("rules.why", { doctype: frm.doctype, name: frm.docname }));
	const html = figures.map(([field, why]) => {
		const df = frappe.meta.get_docfield(frm.doctype, field, frm.docname);
		const value = typeof why.value === "object" ? dated(frm.doc[field]) : dated(why.value);
		const shown = df ? dated(frm.doc[field]) ?? value : "";
		return `<h4>${escape(df ? __(df.label) : __("Schedule"))}${shown ? `: ${escape(shown)}` : ""}</h4>
			<p>${escape(__("Paragraphs"))}: ${escape(why.paragraphs.join(", "))}</p>
			<ol>${why.working.map((step) => `<li>${escape(step)}</li>`).join("")}</ol>`;
	});
	show(__("Why these dates and figures"), html.join("") || escape(__("Nothing has been worked out yet.")));
}

function open_pdf(frm) {
	const asked = new URLSearchParams({ doctype: frm.doctype, name: frm.docname });
	window.open(`/api/method/induction_app.api.documents.pdf?${asked}`);
}

async function show_signatures(frm) {
	const rows = await frappe.db.get_list("Induction Signature", {
		filters: { reference_doctype: frm.doctype, reference_name: frm.docname },
		fields: ["person_name", "capacity", "signed_at", "version", "content_hash"],
		order_by: "signed_at asc",
	});
	const cells = rows.map(
		(row) => `<tr><td>${escape(row.person_name)}</td><td>${escape(__(row.capacity.replace("_", " ")))}</td>
			<td>${escape(frappe.datetime.str_to_user(row.signed_at))}</td><td>${escape(row.version)}</td>
			<td><code>${escape(row.content_hash.slice(0, 12))}</code></td></tr>`
	);
	const heads = [__("Name"), __("Signed as"), __("When"), __("Version"), __("Text")].map(escape);
	frm.get_field("signatures_html").$wrapper.html(
		cells.length
			? `<table class="table"><thead><tr><th>${heads.join("</th><th>")}</th></tr></thead>
				<tbody>${cells.join("")}</tbody></table>`
			: `<p class="text-muted">${escape(__("Not signed yet."))}</p>`
	);
}

// Sending a record back needs a reason, which is saved on the record before the move.
async function ask_reason_to_return(frm) {
	frappe.dom.unfreeze();
	const open = await get("records.actions", { doctype: frm.doctype, name: frm.docname });
	if (!open.needing_reason.includes(frm.selected_workflow_action)) return;
	// Who closes the question has thought better of it: the action then goes no further, and nothing is a fault.
	await new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __(frm.selected_workflow_action),
			fields: [
				{ fieldname: "reason", fieldtype: "Small Text", label: __("What has to change"), reqd: 1 },
			],
			primary_action_label: __("Send back"),
			async primary_action({ reason }) {
				await frm.set_value("return_reason", reason);
				// The same reason may be there already, from a try that went no further.
				if (frm.is_dirty()) await frm.save();
				// save() tells of a refusal itself and does not raise it: the question stays open.
				if (frm.is_dirty()) return;
				resolve();
				dialog.hide();
			},
		});
		dialog.show();
	});
}

function ask_what_if(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("What if"),
		size: "large",
		fields: [
			{ fieldname: "start", fieldtype: "Date", label: __("Induction starts on") },
			{ fieldname: "fte", fieldtype: "Float", precision: 2, label: __("Full-time equivalent") },
			{ fieldname: "fte_from", fieldtype: "Date", label: __("New hours from"), depends_on: "fte" },
			{ fieldname: "days", fieldtype: "Int", label: __("Further school days absent") },
			{ fieldname: "from", fieldtype: "Date", label: __("Absent from"), mandatory_depends_on: "days" },
			{ fieldname: "result", fieldtype: "HTML" },
		],
		primary_action_label: __("Work it out"),
		async primary_action(values) {
			const absences = values.days ? [{ starts_on: values.from, days: values.days, kind: "ad_hoc" }] : [];
			const { now, then } = await get("rules.what_if", {
				ect: frm.docname,
				start: values.start,
				fte: values.fte || undefined,
				fte_from: values.fte_from,
				absences: JSON.stringify(absences),
			});
			dialog.get_field("result").$wrapper.html(side_by_side(now, then));
		},
	});
	dialog.show();
}

function side_by_side(now, then) {
	const figures = Object.keys(now.figures).map((name) => {
		const label = frappe.meta.get_label("ECT", name);
		return [label, dated(now.figures[name]), dated(then.figures[name])];
	});
	const names = {
		progress_review: __("Progress review"),
		first_assessment: __("First assessment"),
		final_assessment: __("Final assessment"),
	};
	const due = (outlook) =>
		Object.fromEntries(outlook.events.map((each) => [each.term, `${names[each.event]}, ${dated(each.due)}`]));
	const [old_events, new_events] = [due(now), due(then)];
	const terms = [...new Set([...Object.keys(old_events), ...Object.keys(new_events)].map(Number))];
	const events = terms
		.sort((a, b) => a - b)
		.map((term) => [__("Term {0}", [term]), old_events[term], new_events[term]]);
	const rows = [...figures, ...events].map(
		([label, a, b]) =>
			`<tr><th scope="row">${escape(label)}</th><td>${escape(a ?? "–")}</td>
			<td>${a === b ? escape(b ?? "–") : `<b>${escape(b ?? "–")}</b>`}</td></tr>`
	);
	return `<table class="table"><thead><tr><th></th><th>${escape(__("As it is"))}</th>
		<th>${escape(__("As it would be"))}</th></tr></thead><tbody>${rows.join("")}</tbody></table>
		<p class="text-muted">${escape(__("Nothing is saved."))}</p>`;
}

async function show_access(frm) {
	const people = await get("records.people_with_access", { ect: frm.docname });
	const rows = people.map(
		(each) => `<tr><td>${escape(each.name)}</td><td>${escape(__(each.role))}</td>
			<td>${escape(each.sees_assessments ? __("Yes") : __("No"))}</td></tr>`
	);
	show(
		__("Who has access"),
		`<table class="table"><thead><tr><th>${escape(__("Name"))}</th><th>${escape(__("Role"))}</th>
		<th>${escape(__("Sees assessments"))}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
	);
}
