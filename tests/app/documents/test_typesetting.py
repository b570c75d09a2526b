"""The finished PDF: tagged, titled, in our own typefaces, closed to the outside, and whole."""

import copy

import jinja2
import pytest

from induction_app.documents import typeset
from tests.app.documents.samples import SAMPLES


def made(name: str, **changes) -> bytes:
    """The PDF of a sample, with values of it changed."""
    return typeset.pdf(typeset.html(f"{name}.html", {**copy.deepcopy(SAMPLES[name]), **changes}))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_document_is_tagged_and_titled(name, read_pdf):
    reader = read_pdf(made(name))
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == SAMPLES[name]["document"]["title"]
    assert reader.metadata.author == "Mercia Teaching School Hub"
    tags = tags_of(catalog["/StructTreeRoot"])
    assert "/H1" in tags and "/P" in tags
    if name != "certificate":
        assert {"/Table", "/TR", "/TH", "/TD"} <= tags


def tags_of(element, found=None) -> set[str]:
    """The kinds of structure elements below one."""
    found = set() if found is None else found
    element = element.get_object()
    if isinstance(element, dict):
        if "/S" in element:
            found.add(element["/S"])
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if not isinstance(kid, int):
                tags_of(kid, found)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_every_typeface_is_ours_and_inside(name, read_pdf):
    for page in read_pdf(made(name)).pages:
        for font in page["/Resources"]["/Font"].values():
            # A subset's name: six letters, a plus, and the family as the style sheet calls it.
            family = font.get_object()["/BaseFont"].partition("+")[2].split("-")[0]
            assert family in ("Text", "Display", "Label"), f"{family} is not one of our typefaces"


def test_every_page_says_what_it_is(read_pdf):
    pages = [" ".join(page.extract_text().split()) for page in read_pdf(made("formal_assessment")).pages]
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert "FA-000009" in page
        assert "CONFIDENTIAL" in page and "2.79" in page
        assert f"Page {number} of {len(pages)}" in page
    assert all("Amara Okafor" in page for page in pages)


def test_a_table_repeats_its_head_on_every_page_it_runs_over(read_pdf):
    pages = [" ".join(page.extract_text().split()) for page in read_pdf(made("formal_assessment")).pages]
    over = [page for page in pages if "Satisfactory" in page and "Evidence" in page]
    assert len(over) >= 2


def test_text_of_people_is_shown_as_they_wrote_it(text_of):
    text = text_of(made("progress_review"))
    assert "<b>Not bold</b> & never a tag." in text
    assert "I agree with this review." in text


def test_a_very_long_text_flows_over_pages_and_loses_nothing(read_pdf, text_of):
    long = "\n\n".join(f"Paragraph {n} says something." for n in range(400))
    content = made("progress_review", evidence_summary=long)
    assert len(read_pdf(content).pages) > 8
    text = text_of(content)
    assert all(f"Paragraph {n} says something." in text for n in (0, 199, 399))


def test_names_from_many_alphabets_are_set(text_of):
    sample = copy.deepcopy(SAMPLES["certificate"])
    sample["holder"] = "Siân Łukaszewska-Ọlá Nguyễn Ŵyn Παπαδοπούλου Соколова"
    assert sample["holder"] in text_of(typeset.pdf(typeset.html("certificate.html", sample)))


def test_unsigned_lines_say_so(text_of):
    text = text_of(made("formal_assessment"))
    assert "Early career teacher Not yet signed" in text
    assert "9f2c 41ab 7d03" in text
    assert "Signed electronically as version 2" in text


@pytest.mark.parametrize("name", ["decision_extension", "decision_fail"])
def test_letters_with_a_right_of_appeal_say_where_and_until_when(name, text_of):
    text = text_of(made(name))
    assert "Last day to appeal 19 August 2027" in text
    assert "Teaching Regulation Agency Cheylesmore House 5 Quinton Road Coventry CV1 2WT" in text


def test_the_letter_of_a_pass_speaks_of_no_appeal(text_of):
    text = text_of(made("decision_pass"))
    assert "is satisfactory" in text
    assert "appeal" not in text


def test_a_hole_in_a_letter_stops_it():
    data = {name: value for name, value in SAMPLES["decision_fail"].items() if name != "appeal_closes_on"}
    with pytest.raises(jinja2.UndefinedError):
        typeset.html("decision_fail.html", data)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/picture.png",
        "induction-print:///../typeset.py",
        "induction-print:///fonts/../print.css",
        "data:text/plain,hello",
    ],
)
def test_nothing_but_our_own_typefaces_is_fetched(address):
    with pytest.raises(typeset.ResourceRefusedError):
        typeset.own_resources_only(address)


def test_a_picture_from_elsewhere_is_left_out_of_the_page(read_pdf):
    """Even if markup of a person's got into a page, nothing would be read for it."""
    page = typeset.html("certificate.html", SAMPLES["certificate"])
    harmful = page.replace("</main>", '<img src="file:///etc/hostname" alt="x"></main>')
    assert not read_pdf(typeset.pdf(harmful)).pages[0].images
