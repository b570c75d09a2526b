"""How each method of the app is asked about a case. A method that is new needs a line here and in the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import frappe
import requests

from tests import factory
from tests.app.access import written
from tests.app.access.world import Case
from tests.http_client import Visitor


def _nothing(case: Case) -> None:
    """Most questions need nothing prepared."""


@dataclass(frozen=True)
class Call:
    """One method: its verb, its arguments about a case, and what has to be in place before it is asked."""

    method: str
    verb: str
    arguments: Callable[[Case, str], dict]
    prepare: Callable[[Case], None] = _nothing
    of_a_place: bool = False

    def ask(self, visitor: Visitor, case: Case, code: str) -> requests.Response:
        data = self.arguments(case, code)
        where = {"params": data} if self.verb == "GET" else {"data": data}
        return visitor.ask(self.verb, f"/api/method/{self.method}", **where)


def _review(case: Case, code: str) -> dict:
    return {"doctype": "Progress Review", "name": case.records["Progress Review"]}


def _ect(case: Case, code: str) -> dict:
    return {"ect": case.ect}


def _school(case: Case, code: str) -> dict:
    return {"school": case.place.school}


def _return(case: Case) -> dict:
    return {"appropriate_body": case.place.body, "kind": "claims"}


def _authorisation(state: str) -> Callable[[Case], None]:
    def prepare(case: Case) -> None:
        frappe.db.rollback()
        frappe.db.set_value("School", case.place.school, "authorisation", state)
        frappe.db.commit()

    return prepare


def _draft_review(case: Case) -> None:
    name = case.parked["Progress Review", "drafting"]
    written.put_back(case, "Progress Review", name, "drafting")


def _colleague(case: Case, code: str) -> dict:
    n = factory.number()
    return {
        "email": f"colleague.{n}@example.com",
        "first_name": "New",
        "last_name": "Colleague",
        "role": "Mentor",
        "school": case.place.school,
    }


def _position(case: Case, code: str) -> dict:
    return {"position": case.records["Induction Staff", "Spare"]}


def _spare_position(case: Case) -> None:
    frappe.db.rollback()
    frappe.set_user("Administrator")
    spare = factory.person("Spare", "Mentor", school=case.place.school)
    case.records["Induction Staff", "Spare"] = frappe.db.get_value("Induction Staff", {"user": spare})
    frappe.db.commit()


def _file(case: Case, code: str) -> dict:
    url = case.files[case.ect]
    return {"file": frappe.db.get_value("File", {"file_url": url})}


# What the ways to write to people ask for, of all of them.
_MAILED = {
    **dict.fromkeys(("name", "communication", "email_account", "password", "message", "msg"), "any"),
    **dict.fromkeys(("recipients", "receiver_list", "sender"), "outsider@example.org"),
}
_RECORDS, _RULES = "induction_app.api.records", "induction_app.api.rules"
_PAPERS, _PLACES, _DFE = (
    "induction_app.api.documents",
    "induction_app.api.organisations",
    "induction_app.api.dfe",
)
_ASKED = (
    Call(f"{_RECORDS}.my_tasks", "GET", lambda case, code: {}),
    Call(f"{_RECORDS}.actions", "GET", _review),
    Call(
        f"{_RECORDS}.act",
        "POST",
        lambda case, code: {
            "doctype": "Progress Review",
            "name": case.parked["Progress Review", "drafting"],
            "action": "Send to ECT",
        },
        _draft_review,
    ),
    Call(
        f"{_RECORDS}.choose_extension",
        "POST",
        lambda case, code: {"absence": case.records["Absence"], "extend": "1"},
    ),
    Call(f"{_RECORDS}.people_with_access", "GET", _ect),
    Call(
        f"{_RULES}.ask",
        "GET",
        lambda case, code: {"question": "decision_due", "facts": '{"recommendation_received": "2025-03-03"}'},
    ),
    Call(f"{_RULES}.why", "GET", lambda case, code: {"doctype": "ECT", "name": case.ect}),
    Call(f"{_RULES}.what_if", "GET", _ect),
    Call(f"{_PAPERS}.pdf", "GET", _review),
    Call(
        f"{_PAPERS}.governor_report",
        "GET",
        lambda case, code: {"school": case.place.school, "academic_term": case.records["Academic Term"]},
        of_a_place=True,
    ),
    Call(
        f"{_PLACES}.request_authorisation", "POST", _school, _authorisation("Not requested"), of_a_place=True
    ),
    Call(f"{_PLACES}.authorise_school", "POST", _school, _authorisation("Requested"), of_a_place=True),
    Call(
        f"{_PLACES}.return_school",
        "POST",
        lambda case, code: {**_school(case, code), "reason": "To be put right."},
        _authorisation("Requested"),
        of_a_place=True,
    ),
    Call(f"{_PLACES}.register_colleague", "POST", _colleague, of_a_place=True),
    Call(f"{_PLACES}.end_position", "POST", _position, _spare_position, of_a_place=True),
    Call(f"{_PLACES}.import_register", "POST", _file),
    *(
        Call(f"{_DFE}.{name}", "POST", lambda case, code: _return(case), of_a_place=True)
        for name in ("bulk_files", "download_bulk_file", "download_refused_rows")
    ),
    Call(
        f"{_DFE}.confirm_reported",
        "POST",
        lambda case, code: {**_return(case), "periods": json.dumps([case.records["Induction Period"]])},
        of_a_place=True,
    ),
    Call(
        "induction_app.access.doors.toggle_like",
        "POST",
        lambda case, code: {"doctype": "ECT", "name": case.ect, "add": "No"},
    ),
    Call(
        "induction_app.access.doors.get",
        "GET",
        lambda case, code: {"doctype": "ECT", "filters": json.dumps({"name": case.ect})},
    ),
    Call(
        "induction_app.access.doors.get_next",
        "GET",
        lambda case, code: {"doctype": "ECT", "value": case.ect, "prev": 0},
    ),
    Call(
        "induction_app.access.linked_counts.get_open_count",
        "GET",
        lambda case, code: {"doctype": "ECT", "name": case.ect},
    ),
    Call(
        "induction_app.access.doors.get_names_for_mentions",
        "GET",
        lambda case, code: {"search_term": "person"},
    ),
    Call("induction_app.access.people_doors.get_roles", "GET", lambda case, code: {}),
    Call(
        "induction_app.access.people_doors.get_user_info_for_viewers",
        "GET",
        lambda case, code: {"users": json.dumps([case.place.tutor])},
    ),
    *(
        Call(f"induction_app.access.mail_doors.{name}", "POST", lambda case, code: _MAILED)
        for name in (
            "make",
            "mark_as_spam",
            "relink",
            "send_message",
            "send_sms",
            "set_email_password",
        )
    ),
)
CALLS = {call.method: call for call in _ASKED}
