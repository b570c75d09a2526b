"""Doors that would do something to a record, and so leave a trace on it or beside it."""

from __future__ import annotations

from tests.app.access.doors import Door, row_of


def _linked(kind: str, type_field: str, name_field: str, **more) -> Door:
    """A record of the framework's that names the record, made by somebody."""
    return Door(
        f"/api/resource/{kind}",
        lambda r: {type_field: r.doctype, name_field: r.name, **more},
    )


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
    "value": Door("client.set_value", lambda r: {**row_of(r), "fieldname": "remarks", "value": "x"}),
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
    "deleted": Door("client.delete", row_of),
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
    "assigned": Door(
        "desk.form.assign_to.add", lambda r: {**row_of(r), "assign_to": [r.asker], "description": "Mine"}
    ),
    "several assigned": Door(
        "desk.form.assign_to.add_multiple",
        lambda r: {
            "args": {"doctype": r.doctype, "name": [r.name], "assign_to": [r.asker], "bulk_assign": True}
        },
    ),
    "assignment removed": Door("desk.form.assign_to.remove", lambda r: {**row_of(r), "assign_to": r.asker}),
    "assigned past the rights": Door(
        "desk.form.assign_to.add",
        lambda r: {**row_of(r), "assign_to": [r.asker], "ignore_permissions": "1"},
    ),
    "shared": Door("share.add", lambda r: {**row_of(r), "user": r.asker, "read": "1"}),
    "shared past the rights": Door(
        "share.add",
        lambda r: {**row_of(r), "user": r.asker, "read": "1", "flags": {"ignore_share_permission": True}},
    ),
    "a share's rights": Door(
        "share.set_permission", lambda r: {**row_of(r), "user": r.asker, "permission_to": "read"}
    ),
    "tagged": Door("desk.doctype.tag.tag.add_tag", lambda r: {"tag": "Mine", "dt": r.doctype, "dn": r.name}),
    "several tagged": Door(
        "desk.doctype.tag.tag.add_tags", lambda r: {"tags": ["Mine"], "dt": r.doctype, "docs": [r.name]}
    ),
    "liked": Door("desk.like.toggle_like", lambda r: {**row_of(r), "add": "Yes"}),
    "followed": Door(
        "desk.form.document_follow.follow_document",
        lambda r: {"doctype": r.doctype, "doc_name": r.name, "user": r.asker},
    ),
    "mailed": Door(
        "core.doctype.communication.email.make",
        lambda r: {**row_of(r), "content": "x", "subject": "x", "recipients": r.asker, "send_email": "0"},
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
        "utils.file_manager.add_attachments", lambda r: {**row_of(r), "attachments": [r.case.files[r.name]]}
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
