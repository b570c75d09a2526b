"""Over HTTP alone, an administrator redraws the Progress Review workflow and everything follows."""

import frappe
import pytest

from tests import factory
from tests.http_client import Refused, Visitor

DEPUTY = "Deputy Head"
CHECK = "Deputy head check"
SPARE = "Spare"  # a state that no shipped workflow has
OLD, RENAMED = "With ECT for comment", "Awaiting colleague's comment"


@pytest.fixture(scope="module")
def story(bench_site, url):
    """A place, an ECT with a review that is due, and an administrator; the workflow is put back at the end."""
    frappe.set_user("Administrator")
    at = factory.place()
    ect = factory.registered_ect(at)
    deputy = factory.person("Deputy")
    administrator = factory.person("Wilma")
    frappe.get_doc("User", administrator).add_roles("Induction Administrator", "System Manager")
    shipped = frappe.get_doc("Workflow", "Progress Review").as_dict()
    frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": SPARE}).insert()
    frappe.db.commit()
    with factory.on_day("2024-12-05"):
        earlier = factory.review_of(factory.registered_ect(at), 1)
        factory.write_review(at, earlier, "2024-12-04")
        frappe.db.commit()
        yield frappe._dict(
            at=at, ect=ect, earlier=earlier, deputy=deputy, admin=Visitor(url, administrator), url=url
        )
    frappe.db.rollback()
    frappe.set_user("Administrator")
    for review in frappe.get_all("Progress Review", filters={"workflow_state": RENAMED}, pluck="name"):
        frappe.db.set_value("Progress Review", review, "workflow_state", OLD)
    workflow = frappe.get_doc("Workflow", "Progress Review")
    workflow.set("states", [])
    workflow.set("transitions", [])
    for key in ("states", "transitions"):
        for row in shipped[key]:
            workflow.append(
                key, {k: v for k, v in row.items() if k not in ("name", "parent", "modified", "creation")}
            )
    workflow.save()
    frappe.delete_doc("Workflow State", SPARE)
    frappe.db.commit()


def renamed(workflow: dict) -> dict:
    """The workflow with one state under another name, each row keeping its identity."""
    return {
        key: [
            {**row, **{k: RENAMED for k in ("state", "next_state") if row.get(k) == OLD}}
            for row in workflow[key]
        ]
        for key in ("states", "transitions")
    }


def redrawn(workflow: dict) -> dict:
    """The workflow with a check between writing and commenting, and receipt moved to the QA officer."""
    states = [row for row in workflow["states"]]
    states.insert(
        1,
        {
            "state": CHECK,
            "doc_status": "0",
            "update_field": "stage",
            "update_value": "checking",
            "allow_edit": DEPUTY,
        },
    )
    transitions = []
    for row in workflow["transitions"]:
        if row["action"] == "Send to ECT":
            onward = row["next_state"]
            transitions.append({**row, "action": "Send to deputy", "next_state": CHECK})
            for action, next_state in (("Checked", onward), ("Return to tutor", row["state"])):
                transitions.append(
                    {
                        "state": CHECK,
                        "action": action,
                        "next_state": next_state,
                        "allowed": DEPUTY,
                        "allow_self_approval": 1,
                    }
                )
        elif row["action"] == "Receive":
            transitions.append({**row, "allowed": "QA Officer"})
        else:
            transitions.append(row)
    return {"states": states, "transitions": transitions}


def test_a_step_is_added_a_state_renamed_and_a_transition_moved(story):
    admin, at, url = story.admin, story.at, story.url

    # The administrator, by REST alone: a role, what it means, its rights, its holder, its state and actions.
    admin.insert("Role", role_name=DEPUTY, desk_access=1)
    admin.insert("Induction Role", role=DEPUTY, capacity="school_colleague", scope="School")
    manager = "frappe.core.page.permission_manager.permission_manager"
    admin.call(f"{manager}.add", parent="Progress Review", role=DEPUTY, permlevel="0")
    admin.call(
        f"{manager}.update", doctype="Progress Review", role=DEPUTY, permlevel="0", ptype="write", value="1"
    )
    admin.call(f"{manager}.add", parent="ECT", role=DEPUTY, permlevel="0")
    # The holder needs no workflow rights of their own beyond what every role of the app has.
    for doctype in ("Workflow", "Workflow State"):
        admin.call(f"{manager}.add", parent=doctype, role=DEPUTY, permlevel="0")
    admin.insert("Induction Staff", user=story.deputy, role=DEPUTY, school=at.school, starts_on="2024-09-01")
    admin.insert("Workflow State", workflow_state_name=CHECK)
    for action in ("Send to deputy", "Checked"):
        admin.insert("Workflow Action Master", workflow_action_name=action)
    admin.insert("Workflow State", workflow_state_name=RENAMED)
    workflow = admin.read("Workflow", "Progress Review")
    admin.update("Workflow", "Progress Review", **renamed(workflow))
    # A review that was in the state goes along, and so does its history.
    assert admin.list("Progress Review", filters={"name": story.earlier}, fields=["workflow_state"]) == [
        {"workflow_state": RENAMED}
    ]
    admin.update("Workflow", "Progress Review", **redrawn(admin.read("Workflow", "Progress Review")))
    # Receipt is now the QA officer's, who therefore needs to write.
    admin.call(
        f"{manager}.update",
        doctype="Progress Review",
        role="QA Officer",
        permlevel="0",
        ptype="write",
        value="1",
    )

    # A review runs the new way.
    review = factory.review_of(story.ect, 1)
    tutor, deputy = Visitor(url, at.tutor), Visitor(url, story.deputy)
    ect_user = factory.user_of(story.ect)
    with pytest.raises(Refused):
        tutor.act("Progress Review", review, "Send to ECT")
    text = {**factory.REVIEW_TEXT, "reviewed_on": "2024-12-04"}
    assert deputy.call("induction_app.api.records.my_tasks", verb="GET")["tasks"] == []
    moved = tutor.act("Progress Review", review, "Send to deputy", values=text)
    assert (moved["workflow_state"], moved["stage"]) == (CHECK, "checking")

    # The deputy's task list shows it with the administrator's own labels; nobody else's does.
    tasks = deputy.call("induction_app.api.records.my_tasks", verb="GET")["tasks"]
    assert [(task["name"], task["state"], task["actions"]) for task in tasks] == [
        (review, CHECK, ["Checked", "Return to tutor"])
    ]
    waiting = tutor.call("induction_app.api.records.my_tasks", verb="GET")["tasks"]
    assert review not in [task["name"] for task in waiting]

    # The reminder goes to the deputy.
    from induction_app.correspondence.post import send_due

    frappe.db.rollback()
    frappe.clear_cache()
    with factory.on_day("2024-12-12"):  # after the review was due
        send_due(frappe.utils.getdate("2024-12-12"))
        frappe.db.commit()
    reminded = frappe.get_all(
        "Correspondence", filters={"reference_name": review, "kind": "Mail"}, pluck="to_person"
    )
    assert story.deputy in reminded

    assert deputy.act("Progress Review", review, "Checked")["workflow_state"] == RENAMED
    Visitor(url, ect_user).act("Progress Review", review, "Send comment", values={"ect_comment": "Yes."})
    tutor.act("Progress Review", review, "Sign as tutor")
    Visitor(url, at.head).act("Progress Review", review, "Sign as headteacher")
    Visitor(url, ect_user).act("Progress Review", review, "Sign")
    with pytest.raises(Refused):
        Visitor(url, at.officer).act("Progress Review", review, "Receive")
    assert Visitor(url, at.quality).act("Progress Review", review, "Receive")["stage"] == "received"

    # History shows the new step and the new name, and not the old one; to the body, what it was sent.
    states = {}
    for reader in (at.tutor, at.officer):
        events = Visitor(url, reader).list(
            "Induction Event",
            filters={"reference_name": review, "event": "moved"},
            fields=["to_state", "person", "role"],
            order_by="creation asc",
            limit_page_length=50,
        )
        states[reader] = [event["to_state"] for event in events]
        assert OLD not in states[reader]
    assert states[at.tutor][:2] == [CHECK, RENAMED]
    assert states[at.officer] == states[at.tutor][-2:]


def test_upgrading_does_not_undo_it(story):
    from induction_app.setup.install import after_migrate

    frappe.db.rollback()
    after_migrate()
    frappe.db.commit()
    workflow = frappe.get_doc("Workflow", "Progress Review")
    assert CHECK in [row.state for row in workflow.states]
    assert ("Receive", "QA Officer") in [(row.action, row.allowed) for row in workflow.transitions]
    assert RENAMED in [row.state for row in workflow.states]
    assert OLD not in [row.state for row in workflow.states]


def rows_without(rows: list[dict], **match) -> list[dict]:
    return [row for row in rows if any(row.get(key) != value for key, value in match.items())]


IMPOSSIBLE = {
    "a dead end": (
        lambda w: w
        | {"transitions": rows_without(w["transitions"], allowed="ECT", state="Waiting for ECT's signature")},
        "dead end",
    ),
    "no way to the appropriate body": (
        lambda w: w | {"transitions": rows_without(w["transitions"], next_state="Review received")},
        "no way leads from it to received",
    ),
    "a state without a stage": (
        lambda w: w | {"states": [{**w["states"][0], "update_value": ""}, *w["states"][1:]]},
        "set Update Field to stage",
    ),
    "a way round the headteacher": (
        lambda w: w
        | {
            "transitions": [
                *w["transitions"],
                {
                    "state": "Waiting for tutor's signature",
                    "action": "Sign as tutor",
                    "next_state": "Waiting for ECT's signature",
                    "allowed": "Induction Tutor",
                    "allow_self_approval": 1,
                },
            ]
        },
        "head_signature",
    ),
    "a signature by the wrong role": (
        lambda w: w
        | {
            "transitions": [
                {**row, "allowed": "Induction Coordinator"} if row["action"] == "Sign as headteacher" else row
                for row in w["transitions"]
            ]
        },
        "waits for a signature as headteacher",
    ),
    "another field for the state": (lambda w: {**w, "workflow_state_field": "stage"}, "leave it so"),
    "mails that carry records": (lambda w: {**w, "send_email_alert": 1}, "leave it empty"),
    "a step by a role that does not see the stage": (
        lambda w: w
        | {
            "transitions": [
                {**row, "allowed": "QA Officer"} if row["action"] == "Send to ECT" else row
                for row in w["transitions"]
            ]
        },
        "does not see records in the state",
    ),
    "a second signature in the same stage": (
        lambda w: w
        | {
            "states": [
                *w["states"],
                {
                    **next(row for row in w["states"] if row["update_value"] == "head_signature"),
                    "state": SPARE,
                    "name": None,
                },
            ],
            "transitions": [
                *[
                    {**row, "next_state": SPARE} if row["action"] == "Sign as headteacher" else row
                    for row in w["transitions"]
                ],
                *[
                    {**row, "state": SPARE, "name": None}
                    for row in w["transitions"]
                    if row["action"] == "Sign as headteacher"
                ],
            ],
        },
        "signs in it only once",
    ),
    **{
        f"the condition {condition}": (
            lambda w, condition=condition: w
            | {"transitions": [{**w["transitions"][0], "condition": condition}, *w["transitions"][1:]]},
            sentence,
        )
        for condition, sentence in (
            ('doc.overall = "x"', "is not a condition"),
            ('doc.overal == "x"', "overal is not a field of"),
            ('doc.get("overal")', "overal is not a field of"),
            ('overall == "x"', "does not work on"),
            ("doc.scheduled_for > 3", "does not work on"),
            ('frappe.utils.nowdate() > "2020"', "does not work on"),
        )
    },
    "a role that covers nobody": (
        lambda w: w
        | {
            "transitions": [
                {**row, "allowed": "Website Manager"} if row["action"] == "Send to ECT" else row
                for row in w["transitions"]
            ]
        },
        "covers no records yet",
    ),
}


@pytest.mark.parametrize("fault", IMPOSSIBLE)
def test_an_impossible_workflow_is_refused_with_a_sentence(story, fault):
    frappe.db.rollback()
    frappe.clear_cache()
    spoil, sentence = IMPOSSIBLE[fault]
    # The Formal Assessment workflow has the shipped shape while the story has redrawn the other.
    workflow = story.admin.read("Workflow", "Formal Assessment")
    as_review = {
        key: [
            {
                **row,
                **{k: row[k].replace("Assessment", "Review") for k in ("state", "next_state") if k in row},
            }
            for row in workflow[key]
        ]
        for key in ("states", "transitions")
    }
    spoilt = spoil(as_review)
    back = {
        key: [
            {
                **row,
                **{k: row[k].replace("Review", "Assessment") for k in ("state", "next_state") if k in row},
            }
            for row in spoilt[key]
        ]
        for key in ("states", "transitions")
    } | {key: spoilt[key] for key in spoilt if key not in ("states", "transitions")}
    with pytest.raises(Refused) as refusal:
        story.admin.update("Workflow", "Formal Assessment", **back)
    assert sentence in refusal.value.text
