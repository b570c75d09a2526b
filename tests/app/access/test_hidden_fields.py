"""A field somebody may not read is told by nothing: not by asking for it, filtering, sorting or grouping by it."""

from __future__ import annotations

import io
import json

import frappe
import pytest
from pypdf import PdfReader

from tests import factory
from tests.app.access.table import TABLE
from tests.http_client import words

# Fields of an ECT with a value that is found nowhere else in an answer.
FIELDS = ("ni_number", "trn", "date_of_birth", "previous_last_name", "qts_awarded_on")
WRONG = {
    "ni_number": "ZZ999999Z",
    "trn": "0000000",
    "date_of_birth": "1901-01-01",
    "previous_last_name": "Nobody",
    "qts_awarded_on": "1901-01-01",
}
_METHOD = "/api/method/frappe"


def _listed(fields: list[str], **more) -> tuple[str, dict]:
    return f"{_METHOD}.client.get_list", {"doctype": "ECT", "fields": fields, **more}


def _reported(fields: list[str], filters: list, **more) -> tuple[str, dict]:
    asked = {"doctype": "ECT", "fields": fields, "filters": filters, **more}
    return f"{_METHOD}.desk.reportview.get", asked


# Ways to ask for the value: what is asked, given the record and the field.
ASKED_FOR = {
    "value": lambda ect, field: (
        f"{_METHOD}.client.get_value",
        {"doctype": "ECT", "filters": {"name": ect}, "fieldname": ["name", field]},
    ),
    "value of a linked record": lambda ect, field: (
        f"{_METHOD}.client.get_value",
        {"doctype": "Induction Period", "filters": {"ect": ect}, "fieldname": ["name", f"ect.{field}"]},
    ),
    "record": lambda ect, field: (f"{_METHOD}.client.get", {"doctype": "ECT", "name": ect}),
    "form": lambda ect, field: (f"{_METHOD}.desk.form.load.getdoc", {"doctype": "ECT", "name": ect}),
    "list": lambda ect, field: _listed(["name", field], filters={"name": ect}),
    "list, all fields": lambda ect, field: _listed(["*"], filters={"name": ect}),
    "list, under another name": lambda ect, field: _listed([f"{field} as full_name"], filters={"name": ect}),
    "list, the highest": lambda ect, field: _listed([{"MAX": field, "as": "highest"}], filters={"name": ect}),
    "list of a linked record": lambda ect, field: (
        f"{_METHOD}.client.get_list",
        {"doctype": "Progress Review", "fields": ["name", f"ect.{field}"], "filters": {"ect": ect}},
    ),
    "list of linked records in full": lambda ect, field: (
        f"{_METHOD}.client.get_list",
        {"doctype": "Progress Review", "fields": ["ect"], "filters": {"ect": ect}, "expand": ["ect"]},
    ),
    "report": lambda ect, field: _reported(["name", f"`tabECT`.`{field}`"], [["ECT", "name", "=", ect]]),
    "report, as a function": lambda ect, field: _reported(
        [f"concat(`tabECT`.`{field}`) as told"], [["ECT", "name", "=", ect]]
    ),
    "report of linked records": lambda ect, field: (
        f"{_METHOD}.desk.reportview.get",
        {
            "doctype": "Progress Review",
            "fields": ["name", f"ect.{field} as told"],
            "filters": [["Progress Review", "ect", "=", ect]],
        },
    ),
    "export": lambda ect, field: (
        f"{_METHOD}.desk.reportview.export_query",
        {
            "doctype": "ECT",
            "title": "ECT",
            "fields": ["name", field],
            "filters": [["ECT", "name", "=", ect]],
            "file_format_type": "CSV",
            "view": "Report",
        },
    ),
    "export of data": lambda ect, field: (
        f"{_METHOD}.core.doctype.data_export.exporter.export_data",
        {
            "doctype": "ECT",
            "parent_doctype": "ECT",
            "with_data": "1",
            "select_columns": {"ECT": ["name", field]},
            "filters": {"name": ect},
            "file_type": "CSV",
        },
    ),
    "template of an import": lambda ect, field: (
        f"{_METHOD}.core.doctype.data_import.data_import.download_template",
        {"doctype": "ECT", "export_fields": {"ECT": ["name", field]}, "export_records": "all"},
    ),
    "groups": lambda ect, field: (
        f"{_METHOD}.desk.listview.get_group_by_count",
        {"doctype": "ECT", "current_filters": [["ECT", "name", "=", ect]], "field": field},
    ),
    "numbers of a field": lambda ect, field: (
        f"{_METHOD}.desk.reportview.get_stats",
        {"doctype": "ECT", "stats": [field], "filters": [["ECT", "name", "=", ect]]},
    ),
    "numbers for a dashboard": lambda ect, field: (
        f"{_METHOD}.desk.reportview.get_filter_dashboard_data",
        {
            "doctype": "ECT",
            "stats": [{"name": field, "type": "Data"}],
            "filters": [["ECT", "name", "=", ect]],
        },
    ),
    "chart": lambda ect, field: (
        f"{_METHOD}.desk.doctype.dashboard_chart.dashboard_chart.get",
        {
            "chart": {
                "document_type": "ECT",
                "chart_type": "Group By",
                "group_by_type": "Count",
                "group_by_based_on": field,
                "filters_json": json.dumps([["ECT", "name", "=", ect]]),
            }
        },
    ),
    "calendar": lambda ect, field: (
        f"{_METHOD}.desk.calendar.get_events",
        {
            "doctype": "ECT",
            "start": "1900-01-01",
            "end": "2100-01-01",
            "field_map": {"start": "creation", "end": "modified", "title": field},
        },
    ),
    "search": lambda ect, field: (
        f"{_METHOD}.desk.search.search_widget",
        {"doctype": "ECT", "txt": ect, "filter_fields": [field]},
    ),
    "search in the field": lambda ect, field: (
        f"{_METHOD}.desk.search.search_link",
        {"doctype": "ECT", "txt": "", "searchfield": field},
    ),
    "fetched with a link": lambda ect, field: (
        f"{_METHOD}.client.validate_link_and_fetch",
        {"doctype": "ECT", "docname": ect, "fields_to_fetch": [field]},
    ),
    "print": lambda ect, field: (
        f"{_METHOD}.www.printview.get_html_and_style",
        {"doc": "ECT", "name": ect},
    ),
    "website list": lambda ect, field: (
        f"{_METHOD}.www.list.get_list_data",
        {"doctype": "ECT", "fields": ["name", field]},
    ),
}
# Ways to find out whether a guess is right: what is asked, given the record, the field and the guess.
GUESSED = {
    "list": lambda ect, field, guess: _listed(["name"], filters={"name": ect, field: guess}),
    "list, either or": lambda ect, field, guess: _listed(
        ["name"], filters={"name": ect}, or_filters={field: guess, "name": "nobody"}
    ),
    "list of linked records": lambda ect, field, guess: (
        f"{_METHOD}.client.get_list",
        {
            "doctype": "Progress Review",
            "fields": ["name"],
            "filters": [["Progress Review", "ect", "=", ect], ["ECT", field, "=", guess]],
        },
    ),
    "list by a linked record's field": lambda ect, field, guess: (
        f"{_METHOD}.client.get_list",
        {"doctype": "Progress Review", "fields": ["name"], "filters": {"ect": ect, f"ect.{field}": guess}},
    ),
    "count": lambda ect, field, guess: (
        f"{_METHOD}.client.get_count",
        {"doctype": "ECT", "filters": {"name": ect, field: guess}},
    ),
    "value": lambda ect, field, guess: (
        f"{_METHOD}.client.get_value",
        {"doctype": "ECT", "filters": {"name": ect, field: guess}, "fieldname": "name"},
    ),
    "record": lambda ect, field, guess: (
        f"{_METHOD}.client.get",
        {"doctype": "ECT", "filters": {"name": ect, field: guess}},
    ),
    "report": lambda ect, field, guess: _reported(
        ["name"], [["ECT", "name", "=", ect], ["ECT", field, "=", guess]]
    ),
    "count of a report": lambda ect, field, guess: (
        f"{_METHOD}.desk.reportview.get_count",
        {"doctype": "ECT", "filters": [["ECT", "name", "=", ect], ["ECT", field, "=", guess]]},
    ),
    "numbers of a field": lambda ect, field, guess: (
        f"{_METHOD}.desk.reportview.get_stats",
        {
            "doctype": "ECT",
            "stats": ["stage"],
            "filters": [["ECT", "name", "=", ect], ["ECT", field, "=", guess]],
        },
    ),
    "groups": lambda ect, field, guess: (
        f"{_METHOD}.desk.listview.get_group_by_count",
        {
            "doctype": "ECT",
            "current_filters": [["ECT", "name", "=", ect], ["ECT", field, "=", guess]],
            "field": "stage",
        },
    ),
    "card with a number": lambda ect, field, guess: (
        f"{_METHOD}.desk.doctype.number_card.number_card.get_result",
        {
            "doc": {"document_type": "ECT", "function": "Count"},
            "filters": [["ECT", "name", "=", ect], ["ECT", field, "=", guess]],
        },
    ),
    "search": lambda ect, field, guess: (
        f"{_METHOD}.desk.search.search_link",
        {"doctype": "ECT", "txt": "", "filters": {"name": ect, field: guess}},
    ),
    "search in the field": lambda ect, field, guess: (
        f"{_METHOD}.desk.search.search_widget",
        {"doctype": "ECT", "txt": guess, "searchfield": field, "filters": {"name": ect}},
    ),
    "records in a row": lambda ect, field, guess: (
        f"{_METHOD}.desk.form.utils.get_next",
        {"doctype": "ECT", "value": "nobody", "prev": 0, "filters": [["ECT", field, "=", guess]]},
    ),
    "calendar": lambda ect, field, guess: (
        f"{_METHOD}.desk.calendar.get_events",
        {
            "doctype": "ECT",
            "start": "1900-01-01",
            "end": "2100-01-01",
            "field_map": {"start": "creation", "end": "modified", "title": "name"},
            "filters": [["ECT", field, "=", guess]],
        },
    ),
}
# Ways to put records in order: what is asked, given the field and the direction.
SORTED = {
    "list": lambda field, way: _listed(["name"], order_by=f"{field} {way}", limit_page_length=0),
    "list, by its table": lambda field, way: _listed(
        ["name"], order_by=f"`tabECT`.`{field}` {way}", limit_page_length=0
    ),
    "list, in groups": lambda field, way: _listed(["name"], group_by=field, order_by=f"name {way}"),
    "report": lambda field, way: _reported(
        ["name"], [], order_by=f"`tabECT`.`{field}` {way}", page_length=100
    ),
    "linked records": lambda field, way: (
        f"{_METHOD}.client.get_list",
        {"doctype": "Progress Review", "fields": ["ect"], "order_by": f"`tabECT`.`{field}` {way}"},
    ),
    "linked records, by the link": lambda field, way: (
        f"{_METHOD}.client.get_list",
        {"doctype": "Progress Review", "fields": ["ect"], "order_by": f"ect.{field} {way}"},
    ),
}


def _hidden() -> list[tuple[str, str]]:
    """Each role with each field it may not read, of those who read an ECT at all."""
    return [
        (code, field)
        for field in FIELDS
        for code, may in TABLE.fields["ECT"][field].items()
        if "r" not in may and "r" in TABLE.records["ECT"][code]
    ]


def _ask(visitor, request: tuple[str, dict]):
    path, asked = request
    data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in asked.items()}
    return visitor.ask("POST", path, data=data)


@pytest.mark.parametrize("way", ASKED_FOR)
def test_the_value_is_not_told(world, visitors, way):
    ect = world.own.ect
    values = frappe.db.get_value("ECT", ect, FIELDS, as_dict=True)
    for code, field in _hidden():
        answer = _ask(visitors[code], ASKED_FOR[way](ect, field))
        told = answer.status_code < 400 and str(values[field]) in answer.text
        assert not told, f"{code} is told {field}: {answer.text[:500]}"


@pytest.mark.parametrize("way", GUESSED)
def test_a_guess_is_not_confirmed(world, visitors, way):
    ect = world.own.ect
    values = frappe.db.get_value("ECT", ect, FIELDS, as_dict=True)
    for code, field in _hidden():
        right = _ask(visitors[code], GUESSED[way](ect, field, str(values[field])))
        wrong = _ask(visitors[code], GUESSED[way](ect, field, WRONG[field]))
        assert right.status_code == wrong.status_code, f"{code}, {field}"
        if right.status_code < 400:
            assert _without(right, values[field]) == _without(wrong, WRONG[field]), f"{code}, {field}"


def _without(answer, guess) -> str:
    return answer.text.replace(str(guess), "")


_BY_NAME = {
    "form": (f"{_METHOD}.desk.form.load.getdoc", "doctype", "name"),
    "record": (f"{_METHOD}.client.get", "doctype", "name"),
    "deleted": (f"{_METHOD}.client.delete", "doctype", "name"),
    "right": (f"{_METHOD}.client.has_permission", "doctype", "docname"),
    "links to it": (f"{_METHOD}.desk.form.linked_with.get", "doctype", "docname"),
    "mail beside the form": (f"{_METHOD}.desk.form.load.get_communications", "doctype", "name"),
    "method of a record": ("/api/method/run_doc_method", "dt", "dn"),
    "comment": (f"{_METHOD}.desk.form.utils.add_comment", "reference_doctype", "reference_name"),
    "several moved": (f"{_METHOD}.model.workflow.bulk_workflow_approval", "doctype", "docnames"),
    "several deleted": (f"{_METHOD}.desk.reportview.delete_items", "doctype", "items"),
}


def _as_name(argument: str, guess: str) -> dict | str:
    several = argument in ("docnames", "items")
    return json.dumps([{"trn": guess}]) if several else {"trn": guess}


@pytest.mark.parametrize("way", _BY_NAME)
def test_a_guess_in_the_place_of_a_name_is_not_confirmed(world, visitors, way):
    """The framework looks records up by conditions wherever it takes a name, and answers as JSON is sent."""
    path, type_argument, name_argument = _BY_NAME[way]
    trn = frappe.db.get_value("ECT", world.own.ect, "trn")
    for code in ("MEN", "GOV"):
        answers = [
            visitors[code].ask(
                "POST", path, json={type_argument: "ECT", name_argument: _as_name(name_argument, guess)}
            )
            for guess in (trn, WRONG["trn"])
        ]
        assert answers[0].status_code == answers[1].status_code >= 400


@pytest.mark.parametrize(
    ("path", "argument", "more"),
    [
        ("/api/method/run_doc_method", "docs", {"method": "submit"}),
        (f"{_METHOD}.desk.form.save.savedocs", "doc", {"action": "Save"}),
        (f"{_METHOD}.client.save", "doc", {}),
        (f"{_METHOD}.www.printview.get_html_and_style", "doc", {}),
        (f"{_METHOD}.model.workflow.get_transitions", "doc", {}),
    ],
)
def test_a_guess_in_a_record_as_sent_is_not_confirmed(world, visitors, path, argument, more):
    """The same, where a whole record is sent: its name may be conditions, its place one's own."""
    trn = frappe.db.get_value("ECT", world.own.ect, "trn")
    for code in ("MEN", "ABC"):
        sent = {"doctype": "ECT", "school": world.own.place.school, "mentor": world.people["MEN"]}
        sent |= {"appropriate_body": world.own.place.body, "named_contact": world.people["ABC"]}
        answers = [
            visitors[code].ask(
                "POST", path, data={argument: json.dumps({**sent, "name": {"trn": guess}}), **more}
            )
            for guess in (trn, WRONG["trn"])
        ]
        assert answers[0].status_code == answers[1].status_code >= 400


_OF_PARTS = {"Version": ("docname", ("ECT-000001", "Nobody")), "Working Pattern": ("fte", (1, 0.2))}


@pytest.mark.parametrize("way", ("form", "record", "deleted", "right"))
@pytest.mark.parametrize("doctype", _OF_PARTS)
def test_a_guess_of_what_a_row_or_a_version_says_is_not_confirmed(world, visitors, doctype, way):
    path, type_argument, name_argument = _BY_NAME[way]
    field, guesses = _OF_PARTS[doctype]
    for guess in guesses:
        asked = {type_argument: doctype, name_argument: {field: guess}}
        answer = visitors["MEN"].ask("POST", path, json=asked)
        assert answer.status_code == 403 and "A record is asked for by its name." in words(answer)


@pytest.mark.parametrize("paper", ({}, {"kind": "certificate"}))
def test_papers_of_a_decision_tell_no_hidden_field(world, visitors, paper):
    """Letter and certificate print the teacher reference number for those who may read it."""
    decision = frappe.copy_doc(frappe.get_doc("Induction Decision", world.own.records["Induction Decision"]))
    closed = {"docstatus": 0, "stage": "closed", "outcome": "Pass", "formal_assessment": None}
    decision.update({"name": f"PAPER-{factory.number()}", **closed})
    decision.db_insert()
    frappe.db.commit()
    trn = frappe.db.get_value("ECT", world.own.ect, "trn")
    told = {}
    for code in ("QAO", "ABO", "HEA", "ECT"):
        answer = visitors[code].ask(
            "GET",
            "/api/method/induction_app.api.documents.pdf",
            params={"doctype": "Induction Decision", "name": decision.name, **paper},
        )
        assert answer.ok, answer.text[-500:]
        told[code] = any(trn in page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    frappe.db.delete("Induction Decision", {"name": decision.name})
    frappe.db.commit()
    assert told == {"QAO": False, "ABO": True, "HEA": True, "ECT": True}


@pytest.mark.parametrize("way", SORTED)
def test_the_order_of_values_is_not_told(world, visitors, way):
    for code, field in _hidden():
        up = _ask(visitors[code], SORTED[way](field, "asc"))
        down = _ask(visitors[code], SORTED[way](field, "desc"))
        assert up.status_code == down.status_code
        assert up.status_code >= 400 or up.text == down.text, f"{code}, {field}"


@pytest.mark.parametrize("ways", (ASKED_FOR, GUESSED))
def test_whoever_may_read_the_field_is_told(world, visitors, ways):
    """The same questions, asked by the officer: most are answered, so they are questions that could tell."""
    trn = frappe.db.get_value("ECT", world.own.ect, "trn")
    answered = []
    for way, request in ways.items():
        asked = request(world.own.ect, "trn") if ways is ASKED_FOR else request(world.own.ect, "trn", trn)
        wanted = trn if ways is ASKED_FOR else world.own.ect
        answer = _ask(visitors["ABO"], asked)
        if answer.status_code < 400 and wanted in answer.text:
            answered.append(way)
    assert len(answered) > len(ways) / 3, answered
