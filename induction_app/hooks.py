"""The one table of wiring: what the framework calls, and when."""

app_name = "induction_app"
app_title = "Induction"
app_publisher = "The Induction project"
app_description = "Case management for the statutory induction of early career teachers in England"
app_email = "induction@example.org"
app_license = "MIT"

after_install = "induction_app.setup.install.after_install"
after_migrate = ["induction_app.setup.install.after_migrate"]

# What our records add to the framework's forms
app_include_js = ["induction_desk.bundle.js"]

# Row access -------------------------------------------------------------------------------------
_rows = "induction_app.access.rows."
_ect_records = (
    "Induction Period",
    "Absence",
    "Action Plan",
    "Observation",
    "Progress Review",
    "Formal Assessment",
    "Induction Signature",
    "Induction Decision",
    "Induction Event",
    "Correspondence",
)
_other_records = ("ECT", "School", "Induction Staff", "QM Audit", "Academic Term", "School Registration")

permission_query_conditions = {dt: f"{_rows}query_conditions" for dt in (*_ect_records, *_other_records)}
has_permission = {dt: f"{_rows}has_permission" for dt in (*_ect_records, *_other_records)}

# The framework's own records that tell of ours, and its ways round who may read them.
_framework_rows = "induction_app.access.framework_rows."
_tables = (
    "Standard Judgement",
    "Standard Progress",
    "Development Target",
    "Observed Standard",
    "Action Plan Target",
    "Working Pattern",
    "QM Audit Finding",
)
_about_ours = (
    "File",
    "Tag Link",
    "Document Follow",
    "Workflow Action",
    "ToDo",
    "Event",
    "Reminder",
    "Discussion Topic",
)
permission_query_conditions |= {
    **{dt: f"{_framework_rows}query_conditions" for dt in _about_ours},
    **{dt: f"{_framework_rows}conditions_of_parts" for dt in _tables},
    "User": f"{_framework_rows}people",
}
has_permission |= {dt: f"{_framework_rows}has_permission" for dt in _about_ours}
has_permission["File"] = "induction_app.access.case_file.has_permission"
# A school's request is seen by nobody, administrators included, before its address is confirmed.
_requests = "induction_app.organisations.school_registration."
permission_query_conditions["School Registration"] = [
    f"{_rows}query_conditions",
    f"{_requests}confirmed_only",
]
has_permission["School Registration"] = [f"{_rows}has_permission", f"{_requests}has_permission"]
# Frappe 16 could extend the class, which leaves room for another app's own; 15 knows this way alone.
override_doctype_class = {"File": "induction_app.access.case_file.CaseFile"}
before_request = ["induction_app.log_keeping.keep_logs_clean", "induction_app.access.doors.before_request"]
before_job = ["induction_app.log_keeping.keep_logs_clean"]
override_whitelisted_methods = {
    "frappe.core.doctype.user.user.reset_password": "induction_app.page_kit.sign_in.links.reset_password",
    "frappe.www.login.send_login_link": "induction_app.page_kit.sign_in.links.send_login_link",
    "frappe.desk.notifications.get_open_count": "induction_app.access.linked_counts.get_open_count",
    "frappe.client.get": "induction_app.access.doors.get",
    "frappe.desk.form.utils.get_next": "induction_app.access.doors.get_next",
    "frappe.desk.like.toggle_like": "induction_app.access.doors.toggle_like",
    "frappe.workflow.doctype.workflow_action.workflow_action.apply_action": "induction_app.access.doors.apply_action",
    "frappe.workflow.doctype.workflow_action.workflow_action.confirm_action": "induction_app.access.doors.confirm_action",
    "frappe.desk.search.get_names_for_mentions": "induction_app.access.doors.get_names_for_mentions",
}
before_request += ["induction_app.access.second_names.before_request"]
_mails = "induction_app.access.mail_doors."
override_whitelisted_methods |= {
    "frappe.core.doctype.communication.email.make": f"{_mails}make",
    "frappe.core.doctype.sms_settings.sms_settings.send_sms": f"{_mails}send_sms",
    "frappe.email.relink": f"{_mails}relink",
    "frappe.email.inbox.mark_as_spam": f"{_mails}mark_as_spam",
    "frappe.email.doctype.email_account.email_account.set_email_password": f"{_mails}set_email_password",
    "frappe.www.contact.send_message": f"{_mails}send_message",
}
_people = "induction_app.access.people_doors."
override_whitelisted_methods |= {
    "frappe.core.doctype.user.user.get_roles": f"{_people}get_roles",
    "frappe.desk.form.load.get_user_info_for_viewers": f"{_people}get_user_info_for_viewers",
}

# What other records do to ours ------------------------------------------------------------------
_written_by_people = tuple(
    dt
    for dt in (*_ect_records, *_other_records)
    if dt not in ("Induction Signature", "Induction Event", "Correspondence")
)
doc_events = {
    _written_by_people: {"validate": "induction_app.plain_text.refuse_markup"},
    (*_ect_records, *_other_records): {"on_change": "induction_app.access.unreadable.leave_out"},
    "Induction Event": {"after_insert": "induction_app.correspondence.post.send_for_event"},
    "Error Log": {"before_insert": "induction_app.log_keeping.clean_error"},
    "Version": {"before_insert": "induction_app.access.versions.withhold_values"},
    "File": dict.fromkeys(
        ("before_insert", "before_validate"), "induction_app.access.case_file.keep_private"
    ),
    ("Document Follow", "Discussion Topic"): {"validate": "induction_app.access.framework_rows.check_reader"},
    "Email Template": {
        "validate": [
            "induction_app.correspondence.texts.check_template_in_use",
            "induction_app.organisations.account_mails.check_text",
        ]
    },
    "User": {"before_validate": "induction_app.page_kit.sign_in.passwords.refuse_without_the_present_one"},
    ("User", "Contact"): {"before_validate": "induction_app.organisations.accounts.set_picture"},
    "Workflow": {
        "validate": "induction_app.workflows.validation.validate_workflow",
        "on_update": [
            "induction_app.workflows.in_use.carry_renamed_states",
            "induction_app.workflows.next_actors.forget_turns",
        ],
        "on_trash": [
            "induction_app.workflows.in_use.check_not_needed",
            "induction_app.workflows.next_actors.forget_turns",
        ],
    },
    ("Induction Staff", "Induction Role", "User"): {
        "on_update": "induction_app.access.positions.forget_positions",
        "after_delete": "induction_app.access.positions.forget_positions",
    },
    ("Induction Role", "User"): {
        "on_update": "induction_app.access.disclosure.forget_people_of_the_service",
        "after_delete": "induction_app.access.disclosure.forget_people_of_the_service",
    },
}

# Jobs -------------------------------------------------------------------------------------------
scheduler_events = {
    "daily": [
        "induction_app.organisations.role_keeping.end_expired_positions",
        "induction_app.induction_case.clocks.run_daily",
        "induction_app.organisations.school_registration.forget_unconfirmed",
    ],
    "hourly": ["induction_app.correspondence.delivery.follow_up"],
}

after_request = [
    "induction_app.access.view_log.record_view",
    "induction_app.pages.kept_figures.count_anew",
    "induction_app.page_kit.headers.after_request",
    "induction_app.access.spreadsheet_exports.after_request",
]

# Pages ------------------------------------------------------------------------------------------
website_path_resolver = "induction_app.page_kit.routes.resolve"
page_renderer = ["induction_app.page_kit.renderer.PageRenderer"]
home_page = "home"
induction_navigation = ["induction_app.pages.navigation.links"]
induction_person = ["induction_app.pages.navigation.person"]
induction_whom_to_ask = ["induction_app.pages.navigation.whom_to_ask"]
_written_kinds = "<any(reviews,assessments,observations,plans,decisions,audits):kind>"
induction_routes = [
    {"from_route": address, "to_route": page}
    for address, page in (
        ("/cases/<ect>", "case"),
        ("/cases/<ect>/events", "case-events"),
        ("/cases/<ect>/what-if", "what-if"),
        ("/cases/<ect>/absences/new", "absence"),
        ("/cases/<ect>/working-pattern", "working-pattern"),
        ("/cases/<ect>/people", "case-people"),
        ("/cases/<ect>/registration", "registration"),
        ("/cases/<ect>/registration/check", "registration-check"),
        ("/cases/<ect>/registration/<step>", "registration-step"),
        ("/cases/<ect>/do/<move>", "registration-move"),
        ("/absences/<absence>", "absence"),
        ("/absences/<absence>/choice", "absence-choice"),
        ("/cases/<ect>/<any(observations,plans,assessments):kind>/new", "begin"),
        (f"/{_written_kinds}/<record>", "record"),
        (f"/{_written_kinds}/<record>/write/<step>", "write"),
        (f"/{_written_kinds}/<record>/write/<step>/<row>", "write"),
        (f"/{_written_kinds}/<record>/act/<move>", "act"),
        ("/decisions/<record>", "decision"),
        ("/examples/<example>", "example"),
        ("/register-a-school/<school>", "school-applicant"),
        ("/register-a-school/<school>/appropriate-body", "school-applicant-body"),
        ("/register-a-school/<school>/check", "school-applicant-check"),
        ("/register-a-school/done/<any(sent,confirmed):end>", "school-applicant-done"),
        ("/schools/<school>", "school"),
        ("/schools/<school>/return", "school-return"),
        ("/schools/<school>/invite", "school-invite"),
        ("/schools/requests/<request>", "school-request"),
        ("/schools/requests/<request>/return", "school-return"),
        ("/schools/<school>/<any(audits):kind>/new", "begin"),
        ("/people", "people"),
        ("/people/at/<path:place>", "people"),
        ("/people/new/<path:place>", "people-new"),
        ("/people/<position>/end", "people-end"),
    )
]
jinja = {
    "methods": [
        "induction_app.page_kit.govuk.govuk",
        "induction_app.page_kit.errors.induction_error_page",
    ],
}
