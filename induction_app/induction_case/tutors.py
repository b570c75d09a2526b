"""Who had a case at a school as its induction tutor: kept on the posts, for what is written there afterwards."""

import frappe
from frappe.model.document import Document

from induction_app.access.made_at import MADE_AT_A_SCHOOL


def follow_ect(ect: Document) -> None:
    """The ECT has another tutor, or is at another school: the posts keep who was there and who is here."""
    if (
        not ect.before
        or ect.before.school == ect.school
        and ect.before.induction_tutor == ect.induction_tutor
    ):
        return
    if ect.before.school != ect.school and ect.before.school and ect.before.induction_tutor:
        _keep(ect.name, ect.before.school, ect.before.induction_tutor)
    if ect.induction_tutor:
        _keep(ect.name, ect.school, ect.induction_tutor)


def tutor_of_post(ect: str, school: str) -> str | None:
    """The tutor of a post that is being recorded: the ECT's, where it is at their school."""
    return frappe.db.get_value("ECT", {"name": ect, "school": school}, "induction_tutor")


def at_their_schools(
    doctype: str, records: list[dict], ects: dict[str, frappe._dict]
) -> dict[str, frappe._dict]:
    """For each record, by name, its ECT as the people of the record's school know them: that school, and the
    tutor who had the case there. `ects` by name, each with school and induction_tutor. One query at most."""
    found = {row["name"]: ects.get(row.get("ect")) for row in records}
    if doctype not in MADE_AT_A_SCHOOL:
        return found
    elsewhere = [row for row in records if found[row["name"]] and _is_elsewhere(row, found[row["name"]])]
    tutors = _tutors_of_posts([row.get("induction_period") for row in elsewhere])
    for row in elsewhere:
        at_school = {"school": row["school"], "induction_tutor": tutors.get(row.get("induction_period"))}
        found[row["name"]] = frappe._dict(found[row["name"]], **at_school, mentor=None)
    return found


def _is_elsewhere(row: dict, ect: frappe._dict) -> bool:
    return bool(row.get("school")) and row["school"] != ect.school


def _tutors_of_posts(names: list[str | None]) -> dict[str, str]:
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    rows = frappe.get_all(
        "Induction Period", filters={"name": ("in", sorted(wanted))}, fields=["name", "induction_tutor"]
    )
    return {row.name: row.induction_tutor for row in rows}


def _keep(ect: str, school: str, tutor: str) -> None:
    of_school = {"ect": ect, "school": school}
    frappe.db.set_value("Induction Period", of_school, "induction_tutor", tutor, update_modified=False)
