"""The framework's other ways to a record, tried by people who must not see it."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil

import frappe
import pytest

from tests import factory
from tests.app.access import written
from tests.http_client import words

STRANGERS = ("TUT", "ABO", "SAD", "GOV", "ECT")
_RECORD_TYPES = ("ECT", "Formal Assessment")
# Arguments of the framework's methods, by name: each is given what would name a foreign record.
_NOT_CALLED = ("frappe.recorder", "frappe.integrations", "frappe.core.doctype.user.user.sign_up")


@pytest.fixture(scope="module")
def methods(bench_site) -> dict[str, list[str]]:
    """Every method the framework offers that takes something that could name a record, with its arguments."""
    for module in pkgutil.walk_packages(frappe.__path__, "frappe."):
        if not any(part.startswith(("test", "patches")) for part in module.name.split(".")):
            try:
                importlib.import_module(module.name)
            except Exception:
                continue
    found = {}
    for function in frappe.whitelisted:
        path = f"{function.__module__}.{function.__qualname__}"
        if not path.startswith("frappe.") or "<" in path or path.startswith(_NOT_CALLED):
            continue
        names = list(inspect.signature(function).parameters)
        if "self" not in names and set(names) & set(_naming("", "", "")):
            found[path] = names
    return found


def _naming(doctype: str, name: str, secret: str) -> dict[str, str]:
    """Values for arguments that could name a record or search for it."""
    record = {"doctype": doctype, "name": name}
    return {
        **dict.fromkeys(("doctype", "dt", "ref_doctype", "reference_doctype", "goal_doctype"), doctype),
        **dict.fromkeys(
            ("name", "docname", "dn", "doc_name", "reference_name", "ref_name", "source_name"), name
        ),
        **dict.fromkeys(("docnames", "names", "docs", "source_names"), json.dumps([name])),
        **dict.fromkeys(("txt", "text", "search_term"), secret),
        "doc": json.dumps(record),
        "args": json.dumps({**record, "assign_to": ["Administrator"]}),
        "filters": json.dumps([[doctype, "name", "=", name]]),
        "fields": json.dumps(["*"]),
        "fieldname": "ect_name" if doctype != "ECT" else "full_name",
        "field": "ect_name" if doctype != "ECT" else "full_name",
        "searchfield": "name",
    }


@pytest.mark.parametrize("code", ("TUT", "ABO", "ECT"))
def test_no_method_of_the_framework_tells_of_a_foreign_record(world, visitors, methods, code):
    """Each method, given a foreign record by name: its answer has nothing of it."""
    leaks, before = [], _traces(world.far)
    for doctype in _RECORD_TYPES:
        values = _naming(doctype, world.far.records[doctype], world.far.secret)
        for path, names in methods.items():
            data = {name: values[name] for name in names if name in values}
            # Not on to a page: it would give this session a token that every later request has to bring.
            answer = visitors[code].ask("POST", f"/api/method/{path}", data=data, allow_redirects=False)
            if tells(answer, world.far.secret):
                leaks.append(f"{path}({', '.join(data)}) on {doctype}")
    assert not leaks, "\n".join(leaks)

    assert _traces(world.far) == before, "Somebody without access has left something on a foreign record"


def tells(answer, secret: str) -> bool:
    """Whether an answer holds a case's secret."""
    return secret in answer.text and answer.status_code < 400


def _traces(case) -> dict:
    """What has been done to a case's records, and what the framework's own records say about them."""
    frappe.db.rollback()  # a fresh view of what the server wrote
    found = {}
    for doctype in _RECORD_TYPES:
        name = case.records[doctype]
        columns = ["modified", "docstatus", "stage", "_user_tags", "_assign", "_liked_by", "_comments"]
        found[doctype] = frappe.db.get_value(doctype, name, columns)
        for kind, field in _ABOUT.items():
            found[doctype, kind] = frappe.db.count(kind, {field: name})
    return found


_ABOUT = {
    "Comment": "reference_name",
    "ToDo": "reference_name",
    "DocShare": "share_name",
    "Tag Link": "document_name",
    "Document Follow": "ref_docname",
    "Communication": "reference_name",
    "File": "attached_to_name",
    "Version": "docname",
}


@pytest.mark.parametrize("code", STRANGERS)
def test_lists_and_searches(world, visitors, code):
    """Every list, search and report of the framework, asked for what names a foreign case."""
    ask, far = visitors[code].ask, world.far
    answers = []
    for kind, field in {**_ABOUT, "Workflow Action": "reference_name", "View Log": "reference_name"}.items():
        for name in (far.ect, far.records["Formal Assessment"]):
            params = {"filters": json.dumps([[field, "=", name]]), "fields": '["*"]', "limit_page_length": 0}
            answers.append(ask("GET", f"/api/resource/{kind}", params=params))
    assert not [row for answer in answers if answer.ok for row in answer.json()["data"]]
    for text in (far.secret, far.user, far.place.tutor):
        for doctype in ("ECT", "User", "Correspondence", "Induction Staff"):
            params = {"doctype": doctype, "txt": text}
            answers.append(ask("GET", "/api/method/frappe.desk.search.search_link", params=params))
        answers.append(ask("GET", "/api/method/frappe.utils.global_search.search", params={"text": text}))
        params = {"search_term": text}
        answers.append(ask("GET", "/api/method/frappe.desk.search.get_names_for_mentions", params=params))
    answers += [
        ask("GET", "/api/resource/User", params={"fields": '["name", "full_name"]', "limit_page_length": 0}),
        ask("GET", f"/api/v2/document/ECT/{far.ect}"),
        ask("GET", "/api/v2/document/ECT", params={"limit": 500, "fields": '["*"]'}),
        ask("GET", f"/printview?doctype=ECT&name={far.ect}"),
        ask("GET", f"/api/method/frappe.utils.print_format.download_pdf?doctype=ECT&name={far.ect}"),
    ]
    for answer in answers:
        for told in (far.secret, far.user, far.place.tutor):
            assert told not in answer.text or not answer.ok, f"{answer.url} tells {told}"


@pytest.mark.parametrize("code", ("TUT", "ABO", "ECT"))
def test_every_list_the_framework_lets_somebody_read(world, visitors, code):
    """Whatever of the framework's own records somebody may list: no name of a foreign case is in it."""
    far, asked = world.far, 0
    with factory.acting_as(world.people[code]):
        readable = [name for name in _lists_of_the_framework() if frappe.has_permission(name)]
    for doctype in readable:
        parts = [df.options for df in frappe.get_meta(doctype).get_table_fields()]
        for kind in (doctype, *parts):
            params = {"fields": '["*"]', "limit_page_length": 0, "parent": doctype}
            answer = visitors[code].ask("GET", f"/api/resource/{kind}", params=params)
            asked += answer.ok
            for told in (far.secret, far.user, far.place.tutor, far.ect):
                assert told not in answer.text or not answer.ok, f"{kind} of {doctype} tells {told}"
    assert asked > 10


def _lists_of_the_framework() -> list[str]:
    ours = frappe.get_all("Module Def", {"app_name": "induction_app"}, pluck="name")
    kept = {"istable": 0, "issingle": 0, "is_virtual": 0, "module": ("not in", ours)}
    return frappe.get_all("DocType", kept, pluck="name")


def test_where_an_ect_has_gone_is_not_told_by_what_they_left(world, visitors):
    """A school keeps what was written there; that does not open the record the ECT has at another school."""
    review = world.far.parked["Progress Review", "tutor_signature"]
    frappe.db.set_value("Progress Review", review, "school", world.own.place.school)
    frappe.db.commit()
    head = visitors["HEA"]
    try:
        assert head.read("Progress Review", review)["ect_name"]
        field = {"doctype": "Progress Review", "filters": {"name": review}}
        for fields in (
            ["name", "ect.school"],
            ["name", "ect.induction_tutor"],
            ["name", "`tabECT`.`school`"],
        ):
            answer = head.ask("POST", "/api/method/frappe.client.get_list", json={**field, "fields": fields})
            for told in (world.far.place.school, world.far.place.tutor):
                assert told not in answer.text or not answer.ok, fields
        assert not head.ask("GET", f"/api/resource/ECT/{world.far.ect}").ok
    finally:
        frappe.db.set_value("Progress Review", review, "school", world.far.place.school)
        frappe.db.commit()


@pytest.mark.parametrize(
    ("code", "colleague"),
    [
        ("COO", "tutor"),
        ("SAD", "mentor"),
        ("HEA", "coordinator"),
        ("TUT", "mentor"),
        ("ABO", "contact"),
        ("ABO", "tutor"),
        ("QAO", "officer"),
    ],
)
def test_a_colleague_is_found(world, visitors, code, colleague):
    """What is closed to strangers is open to those who work together, who choose each other in link fields."""
    person = getattr(world.own.place, colleague)
    params = {"doctype": "User", "txt": person}
    found = visitors[code].ask("GET", "/api/method/frappe.desk.search.search_link", params=params)
    assert [row["value"] for row in found.json()["message"]] == [person]
    params = {"search_term": "person", "doctype": "User", "docname": person}
    fetch = "/api/method/frappe.client.validate_link_and_fetch"
    assert visitors[code].ask("GET", fetch, params=params).json()["message"] == {"name": person}


@pytest.mark.parametrize("code", ("SAD", "COO", "ABO"))
def test_a_chosen_colleague_is_kept(world, visitors, code):
    """Whoever may write to an ECT chooses the people of the ECT, as Desk does, and saves."""
    ect = world.own.parked["ECT", "returned"]
    field, chosen = ("named_contact", "contact") if code == "ABO" else ("mentor", "mentor")
    assert visitors[code].update("ECT", ect, **{field: getattr(world.own.place, chosen)})


def test_linked_records_come_with_their_own_rights_only(world, visitors):
    """A tutor reads a review; the ECT it links to is not put into it with the fields a tutor may not see."""
    review = world.own.records["Progress Review"]
    for params in ({"expand_links": "True"}, {"expand": '["ect"]'}):
        for path in (f"/api/resource/Progress Review/{review}", "/api/resource/Progress Review"):
            params = {**params, "fields": '["name", "ect"]'}
            answer = visitors["TUT"].ask("GET", path, params=params)
            assert answer.ok and world.own.ect in answer.text
            assert written.NI_NUMBER not in answer.text
    asked = {"doctype": "Progress Review", "fields": ["name", "ect"], "expand": ["ect"]}
    for path in ("/api/method/frappe.client.get_list", "/api/v2/method/frappe.client.get_list"):
        answer = visitors["TUT"].ask("POST", path, json=asked)
        assert answer.ok and world.own.ect in answer.text
        assert written.NI_NUMBER not in answer.text


def test_what_somebody_makes_of_a_foreign_name_tells_nothing(world, visitors):
    """A to-do of one's own does not bring the record it names along, and goes once that is no longer theirs."""
    values = {"reference_type": "ECT", "reference_name": world.own.ect, "allocated_to": world.people["TUT"]}
    todo = visitors["TUT"].insert("ToDo", description="Look", **values)["name"]
    try:
        frappe.db.set_value("ToDo", todo, "reference_name", world.far.ect)
        frappe.db.commit()
        for path, params in (
            (f"/api/resource/ToDo/{todo}", {"expand_links": "True"}),
            ("/api/resource/ToDo", {"expand": '["reference_name"]', "fields": '["*"]'}),
            ("/api/method/frappe.desk.form.load.getdoc", {"doctype": "ToDo", "name": todo}),
            ("/printview", {"doctype": "ToDo", "name": todo}),
        ):
            answer = visitors["TUT"].ask("GET", path, params=params)
            assert world.far.secret not in answer.text
            assert world.far.ect not in answer.text or not answer.ok
    finally:
        frappe.db.rollback()
        frappe.delete_doc("ToDo", todo, ignore_permissions=True, force=True)
        frappe.db.commit()


def test_history_tells_no_protected_field_and_no_draft(world, visitors):
    """Changes are kept with who made them; confidential values are not, and so reach no reader of the record."""
    registration = world.own.parked["ECT", "ab_check"]
    review = world.own.parked["Progress Review", "drafting"]
    visitors["ABO"].update("ECT", registration, ni_number="AA112233A", subject="Mathematics")
    draft = f"A thought I took back {factory.number()}"
    visitors["TUT"].update("Progress Review", review, evidence_summary=draft)
    visitors["TUT"].update("Progress Review", review, evidence_summary="What I meant.")
    kept = {
        name: _history(visitors, doctype, name)
        for doctype, name in (("ECT", registration), ("Progress Review", review))
    }
    assert "Mathematics" in kept[registration] and "ni_number" in kept[registration]
    assert "AA112233A" not in kept[registration]
    assert "evidence_summary" in kept[review] and draft not in kept[review]


def _history(visitors, doctype: str, name: str) -> str:
    params = {"doctype": doctype, "name": name}
    answer = visitors["COO"].ask("GET", "/api/method/frappe.desk.form.load.getdoc", params=params)
    return json.dumps(answer.json()["docinfo"]["versions"])


@pytest.mark.parametrize("code", ("HEA", "ABO", "ADM"))
def test_records_are_neither_shared_nor_handed_to_strangers(world, visitors, code):
    """Nobody opens a record to a person the rules do not: not by sharing, not by assigning."""
    ect, stranger = world.own.ect, world.far.place.tutor
    share = {"doctype": "ECT", "name": ect, "user": stranger, "read": "1"}
    assert visitors[code].ask("POST", "/api/method/frappe.share.add", data=share).status_code in (403, 417)
    shared = {"user": stranger, "share_doctype": "ECT", "share_name": ect, "read": 1}
    assert visitors[code].ask("POST", "/api/resource/DocShare", json=shared).status_code == 403
    assign = {"doctype": "ECT", "name": ect, "assign_to": json.dumps([stranger])}
    assert not visitors[code].ask("POST", "/api/method/frappe.desk.form.assign_to.add", data=assign).ok
    frappe.db.rollback()
    assert not frappe.db.exists("ToDo", {"allocated_to": stranger})
    assert not frappe.db.exists("DocShare", {"user": stranger, "share_doctype": "ECT"})


@pytest.mark.parametrize(
    ("code", "doctype", "values"),
    [
        ("HEA", "ECT", lambda world: {"school": world.own.place.school}),
        ("SAD", "ECT", lambda world: {"school": world.own.place.school}),
        ("ABO", "ECT", lambda world: {"appropriate_body": world.own.place.body}),
        ("TUT", "Observation", lambda world: {"observer": world.own.place.tutor}),
        ("TUT", "Progress Review", lambda world: {"ect": world.own.ect}),
        ("SAD", "Absence", lambda world: {"ect": world.own.ect}),
        ("HEA", "Induction Staff", lambda world: {"school": world.own.place.school}),
        ("QAO", "QM Audit", lambda world: {"appropriate_body": world.own.place.body}),
    ],
)
def test_a_foreign_record_is_not_taken_over(world, visitors, code, doctype, values):
    """A request that says that a foreign record is one's own does not make it so."""
    name = world.far.records[doctype]
    answer = visitors[code].ask("PUT", f"/api/resource/{doctype}/{name}", json=values(world))
    assert answer.status_code == 403, words(answer)
    assert world.far.secret not in answer.text


def test_an_observation_of_a_foreign_ect_is_not_made_by_naming_oneself(world, visitors):
    values = {
        **written.new(world.far, "Observation", world.own.place.tutor),
        "school": world.own.place.school,
    }
    assert visitors["TUT"].ask("POST", "/api/resource/Observation", json=values).status_code == 403


def test_files_on_records_are_private(world, visitors):
    """An upload to a record that would be public is refused, and nothing of it stays."""
    data = {"doctype": "ECT", "docname": world.own.ect, "is_private": "0"}
    name = f"open-{factory.number()}.txt"
    answer = visitors["HEA"].ask(
        "POST", "/api/method/upload_file", data=data, files={"file": (name, b"Confidential")}
    )
    assert "private" in words(answer) and not answer.ok
    assert not visitors["HEA"].ask("GET", f"/files/{name}").ok


def test_a_file_goes_with_its_record_and_not_with_its_uploader(world, visitors):
    """Whoever uploaded a file and has lost the record has lost the file."""
    url = world.far.files[world.far.records["Formal Assessment"]]
    file = frappe.db.get_value("File", {"file_url": url})
    frappe.db.set_value("File", file, "owner", world.own.place.tutor)
    frappe.db.commit()
    assert visitors["TUT"].ask("GET", url).status_code == 403
    assert visitors["TUT"].ask("GET", f"/api/resource/File/{file}").status_code == 403
    frappe.db.set_value("File", file, "owner", "Administrator")
    frappe.db.commit()


def test_a_file_is_not_had_by_attaching_its_address_elsewhere(world, visitors):
    """Somebody who knows the address of a foreign file attaches it to a record of their own."""
    url = world.far.files[world.far.records["Formal Assessment"]]
    values = {"file_url": url, "is_private": 1, "attached_to_doctype": "Observation"}
    values["attached_to_name"] = world.own.parked["Observation", "drafting"]
    answer = visitors["TUT"].ask("POST", "/api/resource/File", json=values)
    assert not answer.ok, answer.text
    assert visitors["TUT"].ask("GET", url).status_code == 403


def test_a_record_is_followed_by_its_readers_only(world, visitors):
    follow = {"doctype": "ECT", "doc_name": world.far.ect, "user": world.own.place.tutor}
    visitors["TUT"].ask("POST", "/api/method/frappe.desk.form.document_follow.follow_document", data=follow)
    followed = {"ref_doctype": "ECT", "ref_docname": world.far.ect, "user": world.own.place.tutor}
    assert visitors["TUT"].ask("POST", "/api/resource/Document Follow", json=followed).status_code == 403
    frappe.db.rollback()
    assert not frappe.db.exists("Document Follow", {"ref_docname": world.far.ect})
