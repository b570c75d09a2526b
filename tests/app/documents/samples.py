"""Plain data for each kind of document, as the gatherers give it: realistic, and long where text can be."""

from datetime import date, datetime

BODY = "Mercia Teaching School Hub"
LONG = (
    "Amara plans sequences that return to earlier learning, and her questioning in Year 8 now draws in pupils who "
    "would rather not be asked. In the spring scrutiny of books her feedback was specific, and pupils had acted "
    "on it in the same week.\n\nTwo lessons in March showed the same strength with a lower-attaining group:\n"
    "- worked examples were faded over the hour, so that the last task was done alone\n"
    "- vocabulary was rehearsed aloud before it was written\n"
    "- the exit ticket was read before the next lesson and changed its start\n\n"
    "She has asked to watch a colleague teach ratio next half-term.\nHer mentor has arranged it."
)
STANDARDS = [
    ("1", "High expectations"),
    ("2", "Good progress and outcomes"),
    ("3", "Subject and curriculum knowledge"),
    ("4", "Well-structured lessons"),
    ("5", "Adapting teaching"),
    ("6", "Accurate and productive assessment"),
    ("7", "Managing behaviour"),
    ("8", "Wider professional responsibilities"),
    ("Part Two", "Personal and professional conduct"),
]


def document(heading: str, reference: str, **more) -> dict:
    """What every document says about itself."""
    return {
        "title": f"{heading}: Amara Okafor",
        "heading": heading,
        "about": "Amara Okafor",
        "detail": "Northgate Primary School",
        "description": f"{heading} of Amara Okafor",
        "body": BODY,
        "reference": reference,
        "confidential": True,
        "printed_on": date(2026, 7, 3),
        "printed_for": "Priya Raman",
        **more,
    }


def _fact(label: str, value: str, important: bool = False) -> dict:
    return {"label": label, "value": value, "important": important}


def _standards(judgement: str) -> list[dict]:
    texts = [LONG, "Pupils’ books show progress over time. <b>Not bold</b> & never a tag.", LONG[:230]]
    return [
        {"code": code, "title": title, "judgement": judgement, "text": texts[i % 3]}
        for i, (code, title) in enumerate(STANDARDS)
    ]


TARGETS = [
    {
        "standard": "5 Adapting teaching",
        "target": "Plan for the three pupils with education, health and care plans before each unit begins.",
        "support": "An hour with the special educational needs coordinator each half-term.",
        "by_when": date(2026, 10, 23),
    },
    {
        "standard": None,
        "target": "Lead one parents’ evening alongside the year leader.",
        "support": "",
        "by_when": date(2026, 11, 19),
    },
]
SIGNED = [
    {
        "capacity": "Induction tutor",
        "name": "Daniel Whitcombe",
        "signed_at": datetime(2026, 7, 1, 15, 42),
        "check_code": "9f2c 41ab 7d03",
        "both_capacities": True,
    },
    {
        "capacity": "Headteacher",
        "name": "Daniel Whitcombe",
        "signed_at": datetime(2026, 7, 1, 15, 44),
        "check_code": "51be 00c9 e2f4",
        "both_capacities": True,
    },
    {
        "capacity": "Early career teacher",
        "name": "",
        "signed_at": None,
        "check_code": "",
        "both_capacities": False,
    },
]

SAMPLES: dict[str, dict] = {
    "registration": {
        "document": document("Registration for induction", "ECT-000012"),
        "status": [
            _fact("State", "Registered", important=True),
            _fact("Registered on", "28 August 2025"),
            _fact("Registered by", "Ruth Adeyemi, Mercia Teaching School Hub"),
        ],
        "groups": [
            {
                "heading": "The early career teacher",
                "rows": [
                    _fact("Name", "Amara Ngozi Okafor"),
                    _fact("Email", "amara.okafor@northgate.example"),
                    _fact("Date of birth", "14 February 2001"),
                    _fact("Teacher reference number", "2214786"),
                    _fact("Qualified teacher status awarded", "1 July 2025"),
                ],
            },
            {
                "heading": "The post",
                "rows": [
                    _fact("School", "Northgate Primary School, URN 123456"),
                    _fact("Contract", "Permanent, full-time equivalent 0.8 (4 days a week)"),
                    _fact("Induction starts on", "1 September 2025"),
                    _fact("Induction tutor", "Daniel Whitcombe"),
                    _fact("Mentor", "Siân Pritchard"),
                ],
            },
        ],
        "conditions": [
            {"condition": "A headteacher in post can make the recommendation", "met": True},
            {"condition": "An appropriate body has agreed to act", "met": True},
            {"condition": "The timetable is reduced", "met": False},
        ],
        "return_reason": "",
    },
    "observation": {
        "document": document("Observation", "OBS-000007"),
        "facts": [
            _fact("Observed on", "12 May 2026"),
            _fact("Observer", "Siân Pritchard, who holds qualified teacher status"),
            _fact("Class and subject", "Year 4, mathematics"),
            _fact("Review meeting", "13 May 2026"),
        ],
        "focus": "How worked examples are faded.",
        "standards": [
            {"code": c, "title": t, "judgement": None, "text": LONG[:200]} for c, t in STANDARDS[3:5]
        ],
        "strengths": LONG,
        "development_needs": "Wait longer after a question before naming a pupil.",
        "next_steps": "1. Try a count of five in every lesson this week\n2. Film one lesson\n3. Watch it with Siân",
        "ect_reflection": "",
    },
    "progress_review": {
        "document": document("Progress review, term 4", "PR-000034", detail="Northgate Primary School"),
        "facts": [
            _fact("Review meeting", "26 March 2026"),
            _fact("Written by", "Daniel Whitcombe, induction tutor"),
            _fact("State", "With the ECT for signature"),
        ],
        "on_track": "On track",
        "evidence_summary": LONG,
        "standards": _standards("On track")[:4],
        "support_plan": "",
        "targets": TARGETS,
        "ect_comment": "I agree with this review.\nThe hour with the SENCO has helped most.",
        "signatures": SIGNED,
        "version": 1,
    },
    "formal_assessment": {
        "document": document("Final assessment", "FA-000009"),
        "facts": [
            _fact("Assessment meeting", "1 July 2026"),
            _fact("Assessed by", "Daniel Whitcombe, as induction tutor"),
            _fact("Terms served", "6 terms"),
            _fact("Days absent since the last assessment", "3"),
            _fact("State", "With the ECT for signature"),
        ],
        "overall": "Satisfactory",
        "judgements": _standards("Satisfactory"),
        "summary": LONG,
        "support_plan": "",
        "targets": TARGETS,
        "recommendation": "Satisfactory: the Teachers’ Standards are met",
        "recommendation_reason": "All nine headings are secure and have been since the spring.",
        "ect_comment": "Thank you to everyone who helped.",
        "signatures": SIGNED,
        "version": 2,
    },
    "action_plan": {
        "document": document("Action plan", "AP-000003"),
        "facts": [
            _fact("Raised on", "3 February 2026"),
            _fact("Raised by", "Daniel Whitcombe"),
            _fact("Review meeting", "20 March 2026"),
            _fact("Shared with the ECT on", "5 February 2026"),
        ],
        "concern": LONG,
        "targets": [
            {
                "standard": "7 Managing behaviour",
                "target": "Lessons in 4B begin within three minutes of the bell, four days in five.",
                "success_criteria": "Drop-in log kept by the year leader; the ECT’s own tally.",
                "support": "Two mornings of paired teaching a week until half-term.",
                "by_when": date(2026, 3, 13),
                "result": "Partly met",
            },
            {
                "standard": "6 Accurate and productive assessment",
                "target": LONG,
                "success_criteria": LONG,
                "support": "",
                "by_when": date(2026, 3, 20),
                "result": "",
            },
        ],
        "ect_comment": "",
        "review_notes": "",
    },
    "governor_report": {
        "document": document(
            "Report to governors",
            "Northgate Primary School, autumn term 2025/26",
            title="Report to governors: Northgate Primary School",
            about="Northgate Primary School",
            detail="autumn term 2025/26",
            confidential=False,
        ),
        "facts": [
            _fact("Term", "1 September 2025 to 19 December 2025"),
            _fact("Early career teachers in induction", "14"),
            _fact("Appropriate body", BODY),
        ],
        "limit": 5,
        "total": 14,
        "tables": [
            {
                "caption": "Year of induction",
                "heading": "Year",
                "unit": None,
                "rows": [{"label": "First year", "value": 8}, {"label": "Second year", "value": 6}],
            },
            {
                "caption": "Progress reviews of the term",
                "heading": "Progress",
                "unit": "Reviews",
                "rows": [{"label": "On track", "value": None}, {"label": "Not on track", "value": None}],
            },
        ],
    },
    "certificate": {
        "document": document("Certificate of completed induction", "DEC-000002"),
        "holder": "Amara Ngozi Okafor",
        "school": "Northgate Primary School",
        "completed_on": date(2027, 7, 16),
        "decided_on": date(2027, 7, 20),
        "signatory_name": "Dr Helen Marsden",
        "signatory_title": "Director of Induction",
        "trn": "2214786",
    },
}


def _letter(heading: str, **more) -> dict:
    return {
        "document": document(heading, "DEC-000002"),
        "body_address": ["Mercia Teaching School Hub", "12 Castle Street", "Shrewsbury", "SY1 2BQ"][1:],
        "body_contact": ["01743 496 0123", "induction@mercia.example"],
        "dated": date(2027, 7, 21),
        "decided_on": date(2027, 7, 20),
        "trn": "2214786",
        "addressee": ["Ms Amara Okafor", "Northgate Primary School", "Mill Lane", "Shrewsbury", "SY3 7QA"],
        "salutation": "Ms Okafor",
        "served": [
            _fact("School", "Northgate Primary School"),
            _fact("Headteacher’s recommendation", "Satisfactory"),
            _fact("Terms served", "6 terms"),
        ],
        "reasons": LONG,
        "signatory_name": "Dr Helen Marsden",
        "signatory_title": "Director of Induction",
        "copies": ["Daniel Whitcombe, headteacher", "Shropshire Schools Trust, employer"],
        "appeals_body": "Teaching Regulation Agency",
        "appeals_address": ["Cheylesmore House", "5 Quinton Road", "Coventry", "CV1 2WT"],
        "appeals_email": "appeals@example.org",
        "notice_received_on": date(2027, 7, 23),
        "appeal_closes_on": date(2027, 8, 19),
        "complete_later_on": None,
        "extension_terms": 1,
        "extension_assessment": "One formal assessment at the end of the extension, by the headteacher.",
        "ask_at": " at induction@mercia.example",
        **more,
    }


SAMPLES["decision_pass"] = _letter("Statutory induction: completed satisfactorily", reasons="")
SAMPLES["decision_extension"] = _letter("Statutory induction: your induction period is extended")
SAMPLES["decision_fail"] = _letter("Statutory induction: not completed satisfactorily")
