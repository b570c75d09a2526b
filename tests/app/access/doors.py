"""The framework's methods with the arguments that Desk gives them, asked about one record of a case.

A door that tells of a record would do so in its answer; a door that does something would leave a trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import requests

from tests.app.access.world import Case
from tests.http_client import Visitor

TITLES = {"ECT": "full_name", "Formal Assessment": "ect_name"}
_METHOD = "/api/method/frappe."


@dataclass(frozen=True)
class Record:
    """What is asked about: a record, its case, and the asker's own case beside it."""

    doctype: str
    name: str
    case: Case
    own: Case
    asker: str

    @property
    def title(self) -> str:
        return TITLES[self.doctype]

    @property
    def itself(self) -> str:
        """A filter for this record and no other."""
        return json.dumps([[self.doctype, "name", "=", self.name]])

    @property
    def claimed(self) -> str:
        """The record as a request may send it: said to be at the asker's own place."""
        at = {"school": self.own.place.school, "appropriate_body": self.own.place.body}
        people = {"induction_tutor": self.asker, "user": self.asker}
        return json.dumps({"doctype": self.doctype, "name": self.name, "ect": self.case.ect, **at, **people})


@dataclass(frozen=True)
class Door:
    """One way in. `tells` is whether it tells somebody who may read the record of it."""

    path: str
    data: Callable[[Record], dict]
    tells: bool = False
    verb: str = "POST"
    files: Callable[[Record], dict] | None = None

    def ask(self, visitor: Visitor, record: Record) -> requests.Response:
        data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in self.data(record).items()}
        path = self.path.format(name=record.name, doctype=record.doctype)
        path = path if path.startswith("/") else f"{_METHOD}{path}"
        if self.verb == "GET":
            return visitor.ask("GET", path, params=data)
        if path.startswith("/api/resource"):
            return visitor.ask(self.verb, path, json=self.data(record))
        return visitor.ask(self.verb, path, data=data, files=self.files(record) if self.files else None)


def _fields(r: Record) -> list[str]:
    return ["name", r.title]


def _row_of(r: Record) -> dict:
    return {"doctype": r.doctype, "name": r.name}


def _linked(kind: str, type_field: str, name_field: str, **more) -> Door:
    """A record of the framework's that names the record, made by somebody."""
    return Door(
        f"/api/resource/{kind}",
        lambda r: {type_field: r.doctype, name_field: r.name, **more},
    )


_MADE_UP = {"doctype": "ToDo", "name": "made-up", "description": "Something", "reference_type": "ECT"}

READING = {
    "value": Door("client.get_value", lambda r: {**_plain(r), "fieldname": _fields(r)}, tells=True),
    "values by filter": Door(
        "client.get_value",
        lambda r: {"doctype": r.doctype, "filters": r.itself, "fieldname": _fields(r)},
        tells=True,
    ),
    "list": Door("client.get_list", lambda r: {**_plain(r), "fields": _fields(r)}, tells=True),
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
    "form": Door("desk.form.load.getdoc", _row_of, tells=True),
    "beside the form": Door("desk.form.load.get_docinfo", _row_of),
    "mail beside the form": Door("desk.form.load.get_communications", _row_of),
    "links to it": Door("desk.form.linked_with.get", lambda r: {"doctype": r.doctype, "docname": r.name}),
    "open work on it": Door("desk.notifications.get_open_count", _row_of),
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
        lambda r: {"docs": [_row_of(r)], "doctype": r.doctype},
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
    "shared with": Door("share.get_users", _row_of),
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


def _plain(r: Record) -> dict:
    return {"doctype": r.doctype, "filters": {"name": r.name}}


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

DOING = {
    "comment": Door(
        "desk.form.utils.add_comment",
        lambda r: {
            "reference_doctype": r.doctype,
            "reference_name": r.name,
            "content": "Read me",
            "comment_email": r.asker,
            "comment_by": "Somebody",
        },
    ),
    "value": Door("client.set_value", lambda r: {**_row_of(r), "fieldname": "remarks", "value": "x"}),
    "saved": Door("desk.form.save.savedocs", lambda r: {"doc": r.claimed, "action": "Save"}),
    "many at once": Door(
        "desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
        lambda r: {
            "doctype": r.doctype,
            "docnames": [r.name],
            "action": "update",
            "data": {"stage": "drafting"},
        },
    ),
    "deleted": Door("client.delete", _row_of),
    "several deleted": Door(
        "desk.reportview.delete_items", lambda r: {"doctype": r.doctype, "items": [r.name]}
    ),
    "renamed": Door(
        "client.rename_doc", lambda r: {"doctype": r.doctype, "old_name": r.name, "new_name": "Mine"}
    ),
    "titled": Door(
        "model.rename_doc.update_document_title",
        lambda r: {"doctype": r.doctype, "docname": r.name, "title": "Mine"},
    ),
    "moved": Door("model.workflow.apply_workflow", lambda r: {"doc": r.claimed, "action": "Withdraw"}),
    "several moved": Door(
        "model.workflow.bulk_workflow_approval",
        lambda r: {"doctype": r.doctype, "docnames": [r.name], "action": "Withdraw"},
    ),
    "moved by a mail's link": Door(
        "workflow.doctype.workflow_action.workflow_action.apply_action",
        lambda r: {"doctype": r.doctype, "docname": r.name, "action": "Withdraw", "current_state": "x"},
    ),
    "assigned": Door(
        "desk.form.assign_to.add", lambda r: {**_row_of(r), "assign_to": [r.asker], "description": "Mine"}
    ),
    "several assigned": Door(
        "desk.form.assign_to.add_multiple",
        lambda r: {
            "args": {"doctype": r.doctype, "name": [r.name], "assign_to": [r.asker], "bulk_assign": True}
        },
    ),
    "assignment removed": Door("desk.form.assign_to.remove", lambda r: {**_row_of(r), "assign_to": r.asker}),
    "assigned past the rights": Door(
        "desk.form.assign_to.add",
        lambda r: {**_row_of(r), "assign_to": [r.asker], "ignore_permissions": "1"},
    ),
    "shared": Door("share.add", lambda r: {**_row_of(r), "user": r.asker, "read": "1"}),
    "shared past the rights": Door(
        "share.add",
        lambda r: {**_row_of(r), "user": r.asker, "read": "1", "flags": {"ignore_share_permission": True}},
    ),
    "a share's rights": Door(
        "share.set_permission", lambda r: {**_row_of(r), "user": r.asker, "permission_to": "read"}
    ),
    "tagged": Door("desk.doctype.tag.tag.add_tag", lambda r: {"tag": "Mine", "dt": r.doctype, "dn": r.name}),
    "several tagged": Door(
        "desk.doctype.tag.tag.add_tags", lambda r: {"tags": ["Mine"], "dt": r.doctype, "docs": [r.name]}
    ),
    "liked": Door("desk.like.toggle_like", lambda r: {**_row_of(r), "add": "Yes"}),
    "followed": Door(
        "desk.form.document_follow.follow_document",
        lambda r: {"doctype": r.doctype, "doc_name": r.name, "user": r.asker},
    ),
    "mailed": Door(
        "core.doctype.communication.email.make",
        lambda r: {**_row_of(r), "content": "x", "subject": "x", "recipients": r.asker, "send_email": "0"},
    ),
    "file attached": Door(
        "client.attach_file",
        lambda r: {"filename": "mine.txt", "filedata": "x", "doctype": r.doctype, "docname": r.name},
    ),
    "file uploaded": Door(
        "/api/method/upload_file",
        lambda r: {"doctype": r.doctype, "docname": r.name, "is_private": "1"},
        files=lambda r: {"file": ("mine.txt", b"Mine")},
    ),
    "files added": Door(
        "utils.file_manager.add_attachments", lambda r: {**_row_of(r), "attachments": [r.case.files[r.name]]}
    ),
    "repeated": Door(
        "automation.doctype.auto_repeat.auto_repeat.make_auto_repeat",
        lambda r: {"doctype": r.doctype, "docname": r.name},
    ),
    "to be reminded of": Door(
        "automation.doctype.reminder.reminder.create_new_reminder",
        lambda r: {
            "remind_at": "2100-01-01 09:00:00",
            "description": "x",
            "reminder_doctype": r.doctype,
            "reminder_docname": r.name,
        },
    ),
    "web form": Door(
        "website.doctype.web_form.web_form.accept", lambda r: {"web_form": "any", "data": r.claimed}
    ),
    "discussed": Door(
        "website.doctype.discussion_topic.discussion_topic.submit_discussion",
        lambda r: {"doctype": r.doctype, "docname": r.name, "reply": "x", "title": "x"},
    ),
    "to-do": _linked("ToDo", "reference_type", "reference_name", description="x"),
    "event": _linked(
        "Event", "reference_doctype", "reference_docname", subject="x", starts_on="2100-01-01 09:00:00"
    ),
    "comment record": _linked("Comment", "reference_doctype", "reference_name", comment_type="Comment"),
    "mail record": _linked("Communication", "reference_doctype", "reference_name", subject="x"),
    "tag record": _linked("Tag Link", "document_type", "document_name", tag="Mine"),
    "follower": _linked("Document Follow", "ref_doctype", "ref_docname"),
    "reminder": _linked(
        "Reminder",
        "reminder_doctype",
        "reminder_docname",
        remind_at="2100-01-01 09:00:00",
        description="x",
    ),
    "look recorded": _linked("View Log", "reference_doctype", "reference_name"),
    "version": _linked("Version", "ref_doctype", "docname", data="{}"),
}
