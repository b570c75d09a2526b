"""Audits of the quality of induction: one whose visit is late, one that waits for the school's response."""

from datetime import timedelta

import frappe

from induction_app.access.positions import people_in
from induction_app.demo.days import Diary, working_day
from induction_app.demo.writing import data
from induction_app.workflows.act import act


def make(diary: Diary) -> None:
    """Both audits of the hub, by its quality assurance officer."""
    body = data("places")["bodies"][0]["ab_name"]
    officer = people_in("qa_officer", appropriate_body=body)[0]
    planned = working_day(diary.today - timedelta(days=40))
    _plan(diary, officer, body, "100000", planned, diary.today - timedelta(days=2))
    visited = working_day(diary.today - timedelta(days=15))
    audit = _plan(diary, officer, body, "124087", planned, visited)
    with diary.acting(officer, visited):
        act("QM Audit", audit, "Start visit")
        report = {**data("texts")["audit"], "visited_on": visited}
        report["findings"] = [{**row, "by_when": working_day(visited, 60)} for row in report["findings"]]
        act("QM Audit", audit, "Write report")
        act("QM Audit", audit, "Send to school", values=report)


def _plan(diary: Diary, officer: str, body: str, school: str, made, planned) -> str:
    values = {"school": school, "appropriate_body": body, "planned_on": planned, "qa_officer": officer}
    scope = "Timetables, mentor meetings and the evidence behind two progress reviews."
    with diary.acting(officer, made):
        return (
            frappe.get_doc({"doctype": "QM Audit", **values, "audit_type": "Visit", "scope": scope})
            .insert()
            .name
        )
