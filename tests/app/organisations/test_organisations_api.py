"""The methods of schools and people, asked over HTTP as the people who use them."""

from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep

import pytest

SAMPLE = Path(__file__).parents[3] / "induction_app/demo/data/gias-sample.csv"


@pytest.fixture(scope="module")
def head(caller, served):
    return caller("Hilda", "headteacher", served.oak)


@pytest.fixture(scope="module")
def officer(caller, served):
    return caller("Olive", "ab_officer", served.hub)


@pytest.fixture(scope="module")
def other_officer(caller, served):
    return caller("Otto", "ab_officer", served.other_hub)


@pytest.fixture(scope="module")
def mentor(caller, served):
    return caller("Mo", "mentor", served.oak)


def stored(doctype: str, name: str, field: str):
    import frappe

    frappe.db.rollback()
    return frappe.db.get_value(doctype, name, field)


def test_a_school_is_authorised_over_http_by_those_whose_turn_it_is(
    head, officer, other_officer, mentor, served
):
    oak = {"school": served.oak}
    assert mentor("organisations.request_authorisation", **oak).status_code == 403
    assert (
        head("organisations.request_authorisation", **oak).json()["message"]["authorisation"] == "Requested"
    )
    assert other_officer("organisations.authorise_school", **oak).status_code == 403
    assert head("organisations.authorise_school", **oak).status_code == 403
    assert officer("organisations.return_school", **oak, reason="").status_code == 417
    assert stored("School", served.oak, "authorisation") == "Requested"
    returned = officer("organisations.return_school", **oak, reason="The tutor has no QTS.")
    assert returned.json()["message"]["authorisation"] == "Returned"
    head("organisations.request_authorisation", **oak)
    assert officer("organisations.authorise_school", **oak).json()["message"]["authorisation"] == "Authorised"
    assert stored("School", served.oak, "authorisation") == "Authorised"


@pytest.mark.parametrize(
    "method",
    [
        "organisations.request_authorisation",
        "organisations.authorise_school",
        "organisations.return_school",
        "organisations.register_colleague",
        "organisations.end_position",
        "organisations.import_register",
        "dfe.bulk_files",
        "dfe.download_bulk_file",
        "dfe.download_refused_rows",
        "dfe.confirm_reported",
    ],
)
def test_no_method_can_be_called_by_a_link(officer, served, method):
    answer = officer(method, verb="GET", school=served.oak, appropriate_body=served.hub, kind="claims")
    assert answer.status_code == 403


def test_a_colleague_is_registered_and_their_access_ended_over_http(head, mentor, served):
    email = f"nia-{token_hex(4)}@served.test"
    new = {"email": email, "first_name": "Nia", "last_name": "New", "role": served.role("mentor")}
    assert mentor("organisations.register_colleague", **new, school=served.oak).status_code == 403
    assert head("organisations.register_colleague", **new, school=served.elm).status_code == 403
    assert stored("User", email, "name") is None
    made = head("organisations.register_colleague", **new, school=served.oak).json()["message"]
    assert made["full_name"] == "Nia New"
    assert mentor("organisations.end_position", position=made["name"]).status_code == 403
    assert head("organisations.end_position", position=made["name"]).status_code == 200
    assert stored("Induction Staff", made["name"], "ends_on") is not None


@pytest.fixture(scope="module")
def administrator(caller, served):
    import frappe

    person = served.account("Adam")
    frappe.get_doc("User", person).add_roles(served.role("administrator"))
    frappe.db.commit()
    return caller.of(person)


@pytest.fixture
def uploaded(administrator):
    """Return an upload by the administrator, taken away with the schools in it when the test is over."""
    import frappe

    urns, files = [], []

    def upload(content: bytes) -> str:
        urns.extend(line.split(b",")[0].strip(b'"').decode() for line in content.splitlines()[1:])
        files.append(administrator.upload("gias-http.csv", content))
        return files[-1]

    yield upload
    frappe.db.rollback()
    frappe.set_user("Administrator")
    frappe.db.delete("School", {"name": ("in", urns)})
    for file in files:
        frappe.delete_doc("File", file)
    frappe.db.commit()


def test_the_register_is_read_by_administrators_only(head, officer, administrator, uploaded):
    file = uploaded(SAMPLE.read_bytes())
    for person in (head, officer):
        assert person("organisations.import_register", file=file).status_code == 403
    assert stored("School", "100000", "name") is None
    answer = administrator("organisations.import_register", file=file).json()["message"]
    assert (answer["created"], answer["refused"]) == (7, 0)
    assert stored("School", "100000", "school_name") == "The Aldgate School"


def test_a_file_that_is_not_the_register_is_answered_with_a_sentence(administrator, uploaded):
    answer = administrator("organisations.import_register", file=uploaded(b"Name,Town\nOak,Leeds\n"))
    assert answer.status_code == 417
    assert "URN is missing" in answer.text


def test_a_large_register_is_read_by_a_worker_who_tells_the_administrator(administrator, uploaded):
    rows = "".join(f"{800_000 + number},School number {number} {'of many ' * 8}\n" for number in range(7_000))
    file = uploaded(("URN,EstablishmentName\n" + rows).encode())
    assert administrator("organisations.import_register", file=file).json()["message"] == {"queued": True}
    told = {"for_user": administrator.user, "subject": ("like", "%7000 schools added%")}
    # Jobs of the tests before may be in front of it.
    deadline = monotonic() + 300
    while not stored("Notification Log", told, "name") and monotonic() < deadline:
        sleep(0.5)
    assert stored("Notification Log", told, "document_type") == "Induction Event"
    assert stored("School", "806999", "name") == "806999"


@pytest.fixture
def period(served):
    """Return a started and unclaimed induction period of the hub's."""
    import frappe

    frappe.db.rollback()
    ect = {
        "name": "ECT-SERVED",
        "full_name": "Erin Served",
        "last_name": "Served",
        "trn": "7654321",
        "date_of_birth": "1999-02-28",
        "qts_awarded_on": "2021-09-01",
        "stage": "registered",
    }
    spell = {
        "name": "IP-SERVED",
        "ect": ect["name"],
        "starts_on": "2021-09-06",
        "programme_type": "School-led",
    }
    where = {"school": served.oak, "appropriate_body": served.hub}
    for doctype, values in (("ECT", ect), ("Induction Period", spell)):
        frappe.db.delete(doctype, {"name": values["name"]})
        frappe.get_doc({"doctype": doctype, **values, **where}).db_insert()
    frappe.db.commit()
    return spell["name"]


def test_the_dfes_files_are_made_downloaded_and_confirmed_by_an_officer_of_the_body(
    officer, other_officer, head, served, period
):
    ask = {"appropriate_body": served.hub, "kind": "claims"}
    for person in (other_officer, head):
        for method in ("bulk_files", "download_bulk_file", "download_refused_rows"):
            answer = person(f"dfe.{method}", **ask)
            assert (answer.status_code, "7654321" in answer.text) == (403, False)
        assert person("dfe.confirm_reported", **ask, periods=[period]).status_code == 403
    made = officer("dfe.bulk_files", **ask).json()["message"]
    assert made["files"][0]["periods"] == [period]
    download = officer("dfe.download_bulk_file", **ask)
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert '"7654321","1999-02-28","school-led","2021-09-06"' in download.text
    assert '"Error message"' in officer("dfe.download_refused_rows", **ask).text
    assert officer("dfe.bulk_files", **{**ask, "kind": "everything"}).status_code == 417
    assert officer("dfe.download_bulk_file", **ask, number=2).status_code == 417
    reported = officer("dfe.confirm_reported", **ask, periods=[period]).json()["message"]
    assert reported == {"reported": [period]}
    assert stored("Induction Period", period, "claim_reported_on") is not None
    assert officer("dfe.bulk_files", **ask).json()["message"]["files"] == []
