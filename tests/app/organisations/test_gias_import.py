"""The register in School: what is written, what is left alone, what it costs."""

import pytest

HEADER = (
    "URN,EstablishmentName,EstablishmentStatus (name),TypeOfEstablishment (code),TypeOfEstablishment (name),"
    "LA (code),LA (name),OpenDate,CloseDate,Street,Town,Postcode,SchoolWebsite,TelephoneNum"
)


def register(*rows: str) -> bytes:
    return "\r\n".join([HEADER, *rows, ""]).encode("cp1252")


def row(
    urn: int | str, name: str = "Zoë’s", status: str = "Open", website: str = "", closed: str = ""
) -> str:
    return f'{urn},"{name}",{status},1,Community school,873,Kent,01-09-1990,{closed},High St,Dover,CT1 1AA,{website},'


@pytest.fixture
def import_register(site: None):
    from induction_app.organisations import gias_import

    return gias_import.import_register


@pytest.fixture
def queries(site: None):
    """Return a count of the statements a call sends, as the database itself counts them."""
    import frappe

    def asked() -> int:
        return int(frappe.db.sql("show session status like 'Questions'")[0][1])

    def count(call) -> int:
        before = asked()
        call()
        return asked() - before - 1

    return count


def school(urn: int | str):
    import frappe

    return frappe.get_doc("School", str(urn))


def counts(report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.refused


def test_schools_are_added_with_what_the_register_says(import_register):
    report = import_register(register(row(910001), row("wrong")))
    assert counts(report) == (1, 0, 0, 1)
    oak = school(910001)
    assert (oak.school_name, oak.town, oak.la_code) == ("Zoë’s", "Dover", "873")
    assert str(oak.open_date) == "1990-09-01"
    assert (oak.setting_kind, oak.authorisation) == ("maintained", "Not requested")


def test_a_second_reading_changes_nothing(import_register):
    content = register(row(910001), row(910002))
    import_register(content)
    modified = school(910001).modified
    assert counts(import_register(content)) == (0, 0, 2, 0)
    assert school(910001).modified == modified


def test_only_what_differs_is_written_and_our_own_fields_stay(import_register, places):
    import_register(register(row(910001), row(910002)))
    oak = school(910001)
    oak.update({"appropriate_body": places.hub, "employer_name": "Trust", "email": "office@oak.test"})
    oak.special_measures = 1
    oak.save()
    report = import_register(register(row(910001, name="Oak Renamed"), row(910002)))
    assert counts(report) == (0, 1, 1, 0)
    oak = school(910001)
    assert oak.school_name == "Oak Renamed"
    assert (oak.appropriate_body, oak.employer_name, oak.email) == (places.hub, "Trust", "office@oak.test")
    assert oak.special_measures == 1


def test_a_column_left_out_of_the_file_leaves_its_field_alone(import_register):
    import_register(register(row(910001)))
    import_register(b"URN,EstablishmentName\n910001,Shorter\n")
    oak = school(910001)
    assert (oak.school_name, oak.town, oak.status) == ("Shorter", "Dover", "Open")


def test_an_empty_cell_empties_the_registers_fields_but_never_the_schools_own_telephone_and_website(
    import_register,
):
    import_register(register(row(910001, website="https://first.test")))
    oak = school(910001)
    oak.phone = "0123 456"
    oak.save()
    import_register(register(row(910001, website="https://second.test").replace("High St", "")))
    oak = school(910001)
    assert not oak.street
    assert (oak.website, oak.phone) == ("https://first.test", "0123 456")


def test_closed_schools_stay_and_those_with_an_appropriate_body_are_reported(import_register, places):
    import_register(register(row(910001), row(910002)))
    oak = school(910001)
    oak.appropriate_body = places.hub
    oak.save()
    report = import_register(
        register(*(row(urn, status="Closed", closed="31-08-2026") for urn in (910001, 910002)))
    )
    assert report.newly_closed == ["910001"]
    assert (school(910002).status, str(school(910002).close_date)) == ("Closed", "2026-08-31")


def test_a_school_that_has_gone_from_the_file_stays(import_register):
    import_register(register(row(910001), row(910002)))
    import_register(register(row(910002)))
    assert school(910001).status == "Open"


def test_a_setting_chosen_by_hand_stays_until_the_register_changes_the_type(import_register):
    import_register(register(row(910001)))
    oak = school(910001)
    oak.setting_kind = "pru"
    oak.save()
    import_register(register(row(910001, name="Renamed")))
    assert school(910001).setting_kind == "pru"
    import_register(register(row(910001).replace("1,Community school", "34,Academy converter")))
    assert school(910001).setting_kind == "academy"


def test_the_report_is_kept_as_an_event_with_the_refused_rows_in_a_private_file(site: None):
    import frappe

    from induction_app.organisations import gias_import

    result = gias_import.read_and_record(register(row(910001), row("wrong", name="Kept as it stood")))
    event = frappe.get_doc("Induction Event", result["event"])
    assert "1 schools added" in event.summary
    assert "1 rows refused" in event.summary
    file = frappe.get_doc("File", {"attached_to_name": event.name})
    assert file.is_private == 1
    assert "Kept as it stood" in file.get_content()
    assert "Row 3: URN must be" in file.get_content()


def test_the_file_of_refused_rows_holds_no_formula(site: None):
    from induction_app.organisations.gias_import import refused_rows_csv
    from induction_app.organisations.gias_register import Refusal

    made = refused_rows_csv([Refusal(3, "URN", "Row 3: URN must be a number.", ["=1+1", "Oak"])])
    assert '"\'=1+1","Oak"' in made


def test_fifty_thousand_schools_cost_queries_by_the_batch_not_by_the_school(import_register, queries):
    from induction_app.organisations.gias_import import BATCH_SIZE

    national = register(*(row(500_000 + number, name=f"Nº {number}") for number in range(50_000)))
    a_tenth = register(*(row(600_000 + number) for number in range(5_000)))
    reports = [import_register(register(row(700_000)))]  # the first reads settings, too
    small = queries(lambda: reports.append(import_register(a_tenth)))
    large = queries(lambda: reports.append(import_register(national)))
    again = queries(lambda: reports.append(import_register(national)))
    assert counts(reports[2]) == (50_000, 0, 0, 0)
    assert counts(reports[3]) == (0, 0, 50_000, 0)
    assert small == 3 * 5_000 / BATCH_SIZE
    assert large == 3 * 50_000 / BATCH_SIZE
    assert again == 2 * 50_000 / BATCH_SIZE
