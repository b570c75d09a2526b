"""What has to come of the story. Every date below was counted by hand on a calendar, none by the app."""

import pytest
from pypdf import PdfReader

ASHDALE = "Ashdale Teaching School Hub"


def test_table_of_cases_states_and_deadlines(played):
    found = [
        (name, state, status, deadline.split(":")[0]) for _case, name, state, status, deadline in played.rows
    ]
    assert found == [
        ("Amara Okafor", "Registered", "Passed", "none"),
        ("Ben Hartley", "Registered", "Extended", "4 December 2026"),
        ("Chloe Marsden", "Registered", "Failed", "29 October 2026"),
        ("Dilan Kaya", "Registered", "Left", "none"),
    ]


# Terms 2024/25: to 20 December, 4 April, 22 July; 2025/26: to 19 December, 27 March, 21 July. Less 14 days.
@pytest.mark.parametrize(
    ("term", "due"), [(1, "2024-12-06"), (2, "2025-03-21"), (4, "2025-12-05"), (5, "2026-03-13")]
)
def test_reviews_are_due_14_days_before_the_end_of_their_term(played, term, due):
    for part in ("passes", "extended", "fails"):
        review = played.record("Progress Review", part, term_number=term)
        assert (review["scheduled_for"], review["stage"]) == (due, "received")


@pytest.mark.parametrize(("kind", "due"), [("First", "2025-07-08"), ("Final", "2026-07-07")])
def test_assessments_are_due_at_the_end_of_each_year(played, kind, due):
    for part in ("passes", "fails"):
        assessment = played.record("Formal Assessment", part, assessment_type=kind)
        assert (assessment["scheduled_for"], assessment["stage"]) == (due, "received")


def test_no_review_is_asked_for_in_a_term_with_an_assessment(played):
    for part in ("passes", "extended", "fails"):
        reviews = played.rehearsal.administrator.find(
            "Progress Review", ["term_number"], ect=played.cases[part].name, stage=["!=", "cancelled"]
        )
        assert sorted(row["term_number"] for row in reviews) == [1, 2, 4, 5]


def test_report_is_due_ten_working_days_after_the_meeting(played):
    # Meeting on Monday 29 June 2026; 30 June is day 1, Monday 13 July day 10.
    assert (
        played.record("Formal Assessment", "passes", assessment_type="Final")["report_due_on"] == "2026-07-13"
    )


@pytest.mark.parametrize(
    ("part", "outcome", "tra", "appeal", "dismissal"),
    [
        ("passes", "Pass", None, None, None),
        # Decided on Wednesday 22 July: 23, 24, 27 July. Sent on the 23rd and received on Saturday the 25th: 27 July
        # is day 1, 21 August day 20.
        ("extended", "Extension", "2026-07-27", "2026-08-21", None),
        # Told on Thursday 15 October that the appeal was dismissed: the 16th is day 1, the 29th day 10.
        ("fails", "Fail", "2026-07-27", "2026-08-21", "2026-10-29"),
    ],
)
def test_clocks_of_a_decision(played, part, outcome, tra, appeal, dismissal):
    decision = played.record("Induction Decision", part)
    assert decision["outcome"] == outcome
    # Received on Monday 6 July: the 7th is day 1, Monday 3 August day 20.
    assert (decision["recommendation_received_on"], decision["decision_due_on"]) == (
        "2026-07-06",
        "2026-08-03",
    )
    assert (decision["decided_on"], decision["notice_due_on"]) == ("2026-07-22", "2026-07-27")
    assert decision["notified_on"] == "2026-07-23"
    assert [decision.get(f"{name}_on") for name in ("tra_notice_due", "appeal_closes", "dismissal_due")] == [
        tra,
        appeal,
        dismissal,
    ]
    assert decision["stage"] == "closed"


def test_terms_served_and_records_kept_for_six_years(played):
    passed = played.ect("passes")
    assert (passed["terms_served"], passed["terms_left"]) == (6, 0)
    assert (passed["completed_on"], passed["retain_until"]) == ("2026-07-21", "2032-07-21")
    assert played.record("Induction Period", "leaves")["terms_served"] == 2


def test_extension_asks_for_one_more_assessment_at_its_end(played):
    extended = played.ect("extended")
    assert (extended["required_terms"], extended["extension_terms"]) == (7, 1)
    final = played.record("Formal Assessment", "extended", assessment_type="Final", term_number=7)
    # The autumn term of 2026 ends on 18 December.
    assert (final["scheduled_for"], final["stage"]) == ("2026-12-04", "drafting")


def test_signatures_are_of_three_people_in_the_order_of_the_guidance(played):
    final = played.record("Formal Assessment", "fails", assessment_type="Final")
    signed = played.rehearsal.administrator.find(
        "Induction Signature", ["person_name", "capacity", "signed_at"], reference_name=final["name"]
    )
    assert [(row["person_name"], row["capacity"], row["signed_at"][:10]) for row in signed] == [
        ("Daniel Whitcombe", "induction_tutor", "2026-07-01"),
        ("Margaret Osei", "headteacher", "2026-07-02"),
        ("Chloe Marsden", "ect", "2026-07-03"),
    ]


def test_returned_review_was_signed_again_as_version_two(played):
    review = played.record("Progress Review", "extended", term_number=4)
    assert review["version"] == 2
    assert review["evidence_summary"].endswith(
        "The visit of 14 November showed the same strengths with the new class."
    )


def test_plan_was_escalated_with_its_results(played):
    plan = played.record("Action Plan", "fails")
    assert (plan["stage"], plan["shared_with_ect_on"], plan["closed_on"]) == (
        "escalated",
        "2025-03-18",
        "2025-07-11",
    )
    assert [row["result"] for row in plan["targets"]] == ["Partly met", "Not met"]


def test_wrong_moves_were_refused(played):
    refused = [step for step in played.rehearsal.steps if step.result.startswith("refused")]
    assert {step.who.split(",")[0] for step in refused} >= {
        "Joanne Pike", "Daniel Whitcombe", "Helen Sharma", "Gwen Pryce", "Laura Fenwick", "Keith Brannigan",
        "Siân Pritchard", "Ruth Adeyemi", "Amara Okafor", "Chloe Marsden", "Simon Lathwell",
    }  # fmt: skip
    assert len(refused) == 25


def test_claims_file_to_the_letter(played):
    assert (played.papers.folder / "dfe" / "claims-2024-10-14.csv").read_text().splitlines() == [
        '"TRN","Date of birth","Induction programme","Induction period start date"',
        '"2214791","1999-11-03","school-led","2024-09-02"',
        '"2215144","1998-04-30","provider-led","2024-09-02"',
        '"2215003","2000-07-21","provider-led","2024-09-02"',
        '"2214786","2001-02-14","provider-led","2024-09-02"',
    ]


def test_outcomes_file_has_the_pass_and_the_release_and_no_fail(played):
    assert (played.papers.folder / "dfe" / "outcomes-2026-07-27.csv").read_text().splitlines() == [
        '"TRN","Date of birth","Induction period end date","Number of terms","Outcome"',
        '"2215144","1998-04-30","2025-04-04","2","release"',
        '"2214786","2001-02-14","2026-07-21","6","pass"',
    ]


@pytest.mark.parametrize(
    ("to", "subject", "number"),
    [
        ("amara.okafor", "You are registered for induction", 1),
        ("joanne.pike", "Registration returned: Ben Hartley", 1),
        ("daniel.whitcombe", "Progress review, term 1 of Chloe Marsden is due in 14 days", 1),
        ("daniel.whitcombe", "Overdue: Progress review, term 1 of Chloe Marsden", 1),
        ("margaret.osei", "Final assessment: please sign", 3),
        ("martin.ellery", "Decision to take by 3 August 2026: Amara Okafor", 1),
        ("chloe.marsden", "The last day to appeal is 21 August 2026", 1),
        ("ben.hartley", "The last day to appeal", 0),
        ("keith.brannigan", "review", 0),
        ("laura.fenwick", "review", 0),
    ],
)
def test_mail_reaches_those_it_is_for_once(played, to, subject, number):
    assert len(played.mails(to, subject)) == number


@pytest.mark.parametrize("name", ["Amara Okafor", "Ben Hartley", "Chloe Marsden"])
def test_notice_goes_to_ect_head_and_employer_with_the_letter(played, name):
    notices = [
        mail for mail in played.papers.mails if str(mail["subject"]).strip().endswith("notice of decision")
    ]
    about = [mail for mail in notices if name in str(mail["subject"])]
    addresses = sorted(str(mail["to"]).split("<")[-1].split("@")[0] for mail in about)
    assert addresses == sorted([name.lower().replace(" ", "."), "margaret.osei", "governors"])
    for mail in about:
        (letter,) = list(mail.iter_attachments())
        assert letter.get_content_type() == "application/pdf"


def text_of(played, name: str) -> str:
    """The words of a PDF, on one line."""
    reader = PdfReader(played.papers.folder / "documents" / f"{name}.pdf")
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("registration", ["Amara Okafor", "The Aldgate School, URN 100000", "2214786", "Helen Sharma"]),
        ("observation", ["Year 3, mathematics", "Count to five before taking an answer"]),
        ("progress-review-on-track", ["Progress review, term 1", "Daniel Whitcombe", "29 November 2024"]),
        ("progress-review-not-on-track", ["Not on track", "Support plan", "Every Friday at 3.30 pm"]),
        ("formal-assessment-first-fails", ["First formal assessment", "Not satisfactory"]),
        ("formal-assessment-interim-leaves", ["Interim assessment", "Dilan Kaya"]),
        (
            "formal-assessment-final-extended",
            ["Margaret Osei", "2 July 2026", "One more term with the present"],
        ),
        ("action-plan", ["Use the school’s three-step routine", "Not met", "Escalated"]),
        ("decision-pass", ["23 July 2026", "You have completed your induction period", "6 terms"]),
        ("decision-extension", ["extended by 1 term", "21 August 2026", "Teaching Regulation Agency"]),
        ("decision-fail", ["21 August 2026", "17 Lansdowne Road", "Your right to appeal"]),
        ("certificate", ["Amara Okafor", "22 July 2026", ASHDALE]),
        ("governor-report", ["The Aldgate School", "Summer term 2025/26", "Fewer than 5"]),
    ],
)
def test_paper_says_what_it_has_to(played, name, words):
    said = text_of(played, name).replace("'", "’").casefold()
    assert [word for word in words if word.casefold() not in said] == []


def test_governors_read_of_nobody(played):
    said = text_of(played, "governor-report")
    assert not [name for name in ("Amara", "Ben Hartley", "Chloe", "Dilan") if name in said]
