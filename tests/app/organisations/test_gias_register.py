"""Reading the register: encodings, columns, and a sentence for each row that cannot be taken."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("site")

SAMPLE = Path(__file__).parents[3] / "induction_app/demo/data/gias-sample.csv"
HEADER = "URN,EstablishmentName,EstablishmentStatus (name),OpenDate,CloseDate"


def read(text: str | bytes):
    from induction_app.organisations.gias_register import RegisterFile, RegisterRow

    rows = list(RegisterFile(text if isinstance(text, bytes) else text.encode("cp1252")))
    good = [row for row in rows if isinstance(row, RegisterRow)]
    return good, [row for row in rows if row not in good]


def test_the_sample_of_the_register_is_read_with_its_pairs_of_columns():
    rows, refusals = read(SAMPLE.read_bytes())
    assert (len(rows), refusals) == (7, [])
    closed = next(row for row in rows if row.urn == "101077")
    assert closed.values["status"] == "Closed"
    assert closed.values["open_date"] == date(1988, 9, 27)
    assert closed.values["close_date"] == date(2022, 7, 7)
    assert closed.values["la_code"] == "212"
    assert closed.values["la_name"] == "Wandsworth"


@pytest.mark.parametrize(
    ("urn", "kind"),
    [
        ("100000", "maintained"),
        ("100004", "nursery"),
        ("101173", "independent"),
        ("137666", "academy"),
        ("150516", "british_school_overseas"),
    ],
)
def test_the_setting_follows_from_the_type_of_establishment(urn: str, kind: str):
    rows, _refusals = read(SAMPLE.read_bytes())
    assert next(row for row in rows if row.urn == urn).setting_kind == kind


def test_a_type_the_list_does_not_know_falls_back_on_its_group():
    from induction_app.organisations.setting_kind import setting_kind_of

    assert setting_kind_of("99", "Forest school", "10", "Academies") == "academy"
    assert setting_kind_of("99", "Forest school", None, "local authority maintained schools") == "maintained"
    assert setting_kind_of("99", "Forest school", "9", "Other types") == ""
    assert setting_kind_of("02", None) == "maintained"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_accents_survive_in_every_encoding_the_register_comes_in(encoding: str):
    rows, _refusals = read(f"{HEADER}\n100001,Saint Zoë’s École,Open,,\n".encode(encoding))
    assert rows[0].values["school_name"] == "Saint Zoë’s École"


def test_columns_that_are_not_there_are_not_touched_and_their_order_is_free():
    rows, _refusals = read("EstablishmentName,Something else,URN\nOak,x,100001\n")
    assert rows[0].values == {"school_name": "Oak"}
    assert rows[0].setting_kind is None


def test_codes_stand_in_where_the_names_are_left_out():
    rows, _refusals = read(
        "URN,EstablishmentName,EstablishmentStatus (code),PhaseOfEducation (code),TypeOfEstablishment (code)\n"
        "100001,Oak,3,4,01\n"
    )
    assert rows[0].values["status"] == "Open, but proposed to close"
    assert rows[0].values["phase"] == "Secondary"
    assert rows[0].values["establishment_type"] == "Community school"


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("12a456,Oak,Open,,", "URN", "12a456"),
        (",Oak,Open,,", "URN", "5 to 7 digits"),
        ("100001,,Open,,", "EstablishmentName", "URN 100001"),
        ("100001,Oak,Open,31-02-2020,", "OpenDate", "31-02-2020"),
        ("100001,Oak,Open,,2020", "CloseDate", "01-09-2025"),
        ("100001,Oak,Open", "", "3 cells where the header has 5"),
        (f"100001,{'O' * 141},Open,,", "EstablishmentName", "140 characters"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_number_column_and_a_sentence(line, column, words):
    rows, refusals = read(f"{HEADER}\n100000,Elm,Open,,\n{line}\n100002,Ash,Open,,\n")
    assert [row.urn for row in rows] == ["100000", "100002"]
    assert (refusals[0].row, refusals[0].column) == (3, column)
    assert "Row 3" in refusals[0].sentence
    assert words in refusals[0].sentence


def test_digits_of_another_script_are_no_number():
    rows, refusals = read(f"{HEADER}\n１００００１,Oak,Open,,\n".encode())
    assert (rows, refusals[0].column) == ([], "URN")


def test_a_number_that_comes_twice_is_refused_the_second_time():
    rows, refusals = read(f"{HEADER}\n100001,Oak,Open,,\n100001,Oak again,Open,,\n")
    assert rows[0].values["school_name"] == "Oak"
    assert "URN 100001 is already in row 2" in refusals[0].sentence


def test_a_byte_of_no_known_encoding_refuses_its_row_only():
    rows, refusals = read(HEADER.encode() + b"\n100001,Caf\x81,Open,,\n100002,Caf\xe9,Open,,\n")
    assert [row.values["school_name"] for row in rows] == ["Café"]
    assert refusals[0].column == "EstablishmentName"


def test_a_quotation_mark_that_is_not_closed_is_refused_with_the_lines_it_swallowed():
    rows, refusals = read(f'{HEADER}\n100001,Oak,Open,,\n100002,"Elm,Open,,\n100003,Ash,Open,,\n')
    assert [row.urn for row in rows] == ["100001"]
    assert "lines 3 to 4" in refusals[0].sentence


def test_a_web_address_too_long_to_hold_is_left_out_and_said_so():
    rows, refusals = read(f"URN,EstablishmentName,SchoolWebsite\n100001,Oak,https://oak.test/{'x' * 200}\n")
    assert refusals == []
    assert rows[0].contact == {}
    assert "Row 2: SchoolWebsite" in rows[0].notes[0]


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name.replace("_", "."), inside)
    return content.getvalue()


def test_the_zip_file_it_is_downloaded_in_need_not_be_unpacked(refused):
    rows, _refusals = read(zipped(notes_txt=b"x" * 9999, edubasealldata_csv=SAMPLE.read_bytes()))
    assert len(rows) == 7
    with refused("holds no CSV file"):
        read(zipped(notes_txt=b"URN,EstablishmentName"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("Name,Town\nOak,Leeds\n", "URN is missing"),
        ("URN,Town\n1,Leeds\n", "EstablishmentName is missing"),
        ("URN,EstablishmentName,URN\n1,Oak,1\n", "URN is there twice"),
        ("PK\x03\x04\x00\x00binary", "zip file cannot be opened"),
        ("%PDF-1.7 and so on", "does not look like the school register"),
    ],
)
def test_a_file_that_is_not_the_register_is_refused_as_a_whole(text: str, words: str, refused):
    with refused(words):
        read(text)
