"""Doors that would tell of a record in their answer, and doors that would count it."""

from __future__ import annotations

from tests.app.access.doors import Door, Record, row_of


def _fields(r: Record) -> list[str]:
    return ["name", r.title]


def _by_name(r: Record) -> dict:
    return {"doctype": r.doctype, "filters": {"name": r.name}}


_MADE_UP = {"doctype": "ToDo", "name": "made-up", "description": "Something", "reference_type": "ECT"}

READING = {
    "value": Door("client.get_value", lambda r: {**_by_name(r), "fieldname": _fields(r)}, tells=True),
    "values by filter": Door(
        "client.get_value",
        lambda r: {"doctype": r.doctype, "filters": r.itself, "fieldname": _fields(r)},
        tells=True,
    ),
    "list": Door("client.get_list", lambda r: {**_by_name(r), "fields": _fields(r)}, tells=True),
    "list of rows of a table": Door(
        "client.get_list",
        lambda r: {
            "doctype": "Standard Judgement",
            "parent": "Formal Assessment",
            "fields": ["parent", "evidence"],
            "filters": {"parent": r.case.records["Formal Assessment"]},
        },
        tells=True,
    ),
    "list with a field of a table": Door(
        "client.get_list",
        lambda r: {
            "doctype": "Formal Assessment",
            "fields": ["name", "judgements.evidence"],
            "filters": {"name": r.case.records["Formal Assessment"]},
        },
        tells=True,
    ),
    "list with a field of a linked record": Door(
        "client.get_list",
        lambda r: {
            "doctype": "Formal Assessment",
            "fields": ["name", "ect.full_name"],
            "filters": {"ect": r.case.ect},
        },
        tells=True,
    ),
    "list of one's own with a foreign table joined": Door(
        "client.get_list",
        lambda r: {"doctype": "School", "fields": ["name", "`tabECT`.`full_name`"]},
    ),
    "report": Door(
        "desk.reportview.get",
        lambda r: {
            "doctype": r.doctype,
            "fields": [f"`tab{r.doctype}`.`{name}`" for name in _fields(r)],
            "filters": r.itself,
        },
        tells=True,
    ),
    "report as a list": Door(
        "desk.reportview.get_list",
        lambda r: {"doctype": r.doctype, "fields": _fields(r), "filters": r.itself},
        tells=True,
    ),
    "export of a report": Door(
        "desk.reportview.export_query",
        lambda r: {
            "doctype": r.doctype,
            "title": r.doctype,
            "fields": _fields(r),
            "filters": r.itself,
            "file_format_type": "CSV",
            "view": "Report",
        },
    ),
    "numbers at the side": Door(
        "desk.reportview.get_sidebar_stats",
        lambda r: {"doctype": r.doctype, "stats": [r.title], "filters": r.itself},
    ),
    "numbers of a field": Door(
        "desk.reportview.get_stats",
        lambda r: {"doctype": r.doctype, "stats": [r.title], "filters": r.itself},
    ),
    "numbers for a dashboard": Door(
        "desk.reportview.get_filter_dashboard_data",
        lambda r: {"doctype": r.doctype, "stats": [{"name": r.title, "type": "Data"}], "filters": r.itself},
    ),
    "groups": Door(
        "desk.listview.get_group_by_count",
        lambda r: {"doctype": r.doctype, "current_filters": r.itself, "field": r.title},
        tells=True,
    ),
    "form": Door("desk.form.load.getdoc", row_of, tells=True),
    "beside the form": Door("desk.form.load.get_docinfo", row_of),
    "mail beside the form": Door("desk.form.load.get_communications", row_of),
    "links to it": Door("desk.form.linked_with.get", lambda r: {"doctype": r.doctype, "docname": r.name}),
    "open work on it": Door("desk.notifications.get_open_count", row_of),
    "preview of a link": Door(
        "desk.link_preview.get_preview_data", lambda r: {"doctype": r.doctype, "docname": r.name}
    ),
    "choice of a link": Door(
        "desk.search.search_link",
        lambda r: {"doctype": r.doctype, "txt": r.name, "filters": r.itself, "page_length": 50},
        tells=True,
    ),
    "search": Door(
        "desk.search.search_widget",
        lambda r: {"doctype": r.doctype, "txt": "", "filters": r.itself, "filter_fields": [r.title]},
        tells=True,
    ),
    "fetched with a link": Door(
        "client.validate_link_and_fetch",
        lambda r: {"doctype": r.doctype, "docname": r.name, "fields_to_fetch": [r.title]},
        tells=True,
    ),
    "fetched with a link chosen by a query": Door(
        "client.validate_link_and_fetch",
        lambda r: {
            "doctype": r.doctype,
            "docname": r.name,
            "fields_to_fetch": [r.title],
            "query": "frappe.core.doctype.role.role.role_query",
        },
    ),
    "search everywhere": Door("utils.global_search.search", lambda r: {"text": r.case.secret}),
    "title of a link": Door(
        "desk.search.get_link_title", lambda r: {"doctype": r.doctype, "docname": r.name}
    ),
    "calendar": Door(
        "desk.calendar.get_events",
        lambda r: {
            "doctype": r.doctype,
            "start": "2000-01-01",
            "end": "2100-01-01",
            "field_map": {"start": "creation", "end": "modified", "title": r.title},
        },
        tells=True,
    ),
    "tree": Door("desk.treeview.get_children", lambda r: {"doctype": r.doctype, "parent": ""}),
    "chart": Door(
        "desk.doctype.dashboard_chart.dashboard_chart.get",
        lambda r: {
            "chart": {
                "document_type": r.doctype,
                "chart_type": "Group By",
                "group_by_type": "Count",
                "group_by_based_on": r.title,
                "filters_json": r.itself,
            }
        },
    ),
    "report with parameters": Door(
        "desk.query_report.run",
        lambda r: {
            "report_name": "Permitted Documents For User",
            "filters": {"user": r.case.place.tutor, "doctype": r.doctype, "show_permissions": 1},
        },
    ),
    "template of an import": Door(
        "core.doctype.data_import.data_import.download_template",
        lambda r: {
            "doctype": r.doctype,
            "export_fields": {r.doctype: _fields(r)},
            "export_records": "by_filter",
            "export_filters": r.itself,
        },
    ),
    "export of data": Door(
        "core.doctype.data_export.exporter.export_data",
        lambda r: {
            "doctype": r.doctype,
            "parent_doctype": r.doctype,
            "with_data": "1",
            "select_columns": {r.doctype: _fields(r)},
            "filters": r.itself,
            "file_type": "CSV",
        },
    ),
    "print": Door(
        "www.printview.get_html_and_style", lambda r: {"doc": r.doctype, "name": r.name}, tells=True
    ),
    "print of a record as sent": Door("www.printview.get_html_and_style", lambda r: {"doc": r.claimed}),
    "print of a to-do as sent": Door(
        "www.printview.get_html_and_style",
        lambda r: {"doc": {**_MADE_UP, "reference_name": r.case.ect, "allocated_to": r.asker}},
    ),
    "several in one PDF": Door(
        "utils.print_format.download_multi_pdf",
        lambda r: {"doctype": r.doctype, "name": [r.name], "format": "Standard"},
    ),
    "method of a record as sent": Door(
        "/api/method/run_doc_method", lambda r: {"docs": r.claimed, "method": "submit"}
    ),
    "moves offered": Door("model.workflow.get_transitions", lambda r: {"doc": r.claimed}),
    "moves offered for several": Door(
        "model.workflow.get_common_transition_actions",
        lambda r: {"docs": [row_of(r)], "doctype": r.doctype},
    ),
    "mapped into another": Door(
        "model.mapper.make_mapped_doc", lambda r: {"method": "frappe.client.get", "source_name": r.name}
    ),
    "website list": Door(
        "www.list.get_list_data", lambda r: {"doctype": r.doctype, "fields": _fields(r), "txt": r.case.secret}
    ),
    "web form": Door(
        "website.doctype.web_form.web_form.get_form_data",
        lambda r: {"doctype": r.doctype, "docname": r.name, "web_form_name": "any"},
    ),
    "shared with": Door("share.get_users", row_of),
    "followed by": Door(
        "desk.form.document_follow.get_follow_users", lambda r: {"doctype": r.doctype, "doc_name": r.name}
    ),
    "file by its address": Door(
        "/api/method/download_file", lambda r: {"file_url": r.case.files[r.name]}, tells=True, verb="GET"
    ),
    "mail template": Door(
        "email.doctype.email_template.email_template.get_email_template",
        lambda r: {"template_name": "any", "doc": r.claimed},
    ),
    "document of the second version": Door("/api/v2/document/{doctype}/{name}", lambda r: {}, True, "GET"),
    "list of the second version": Door(
        "/api/v2/document/{doctype}",
        lambda r: {"fields": _fields(r), "filters": r.itself},
        tells=True,
        verb="GET",
    ),
}

# Each gives a number of the records that somebody's filter finds.
COUNTING = {
    "count": Door("client.get_count", lambda r: {"doctype": r.doctype, "filters": r.itself}),
    "count of a report": Door(
        "desk.reportview.get_count", lambda r: {"doctype": r.doctype, "filters": r.itself}
    ),
    "card with a number": Door(
        "desk.doctype.number_card.number_card.get_result",
        lambda r: {"doc": {"document_type": r.doctype, "function": "Count"}, "filters": r.itself},
    ),
    "count of the second version": Door(
        "/api/v2/doctype/{doctype}/count", lambda r: {"filters": r.itself}, verb="GET"
    ),
}
