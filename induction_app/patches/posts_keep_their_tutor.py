"""Posts keep who had the case as induction tutor, and reviews and assessments the post they are of."""

import frappe


def execute() -> None:
    """At the ECT's school that is their tutor; at one they left, whoever signed there last as the tutor."""
    _fill_posts_of_reports()
    signed = _last_tutor_to_sign()
    tutors = {row.name: row for row in frappe.get_all("ECT", fields=["name", "school", "induction_tutor"])}
    for post in frappe.get_all(
        "Induction Period", {"induction_tutor": ("is", "not set")}, ["name", "ect", "school"]
    ):
        ect = tutors.get(post.ect)
        here = ect and ect.school == post.school
        tutor = ect.induction_tutor if here else signed.get((post.ect, post.school))
        if tutor:
            frappe.db.set_value(
                "Induction Period", post.name, "induction_tutor", tutor, update_modified=False
            )


def _last_tutor_to_sign() -> dict[tuple[str, str], str]:
    rows = frappe.get_all(
        "Induction Signature",
        {"capacity": "induction_tutor"},
        ["ect", "school", "person"],
        order_by="signed_at",
    )
    return {(row.ect, row.school): row.person for row in rows}


def _fill_posts_of_reports() -> None:
    posts = {
        (post.ect, post.school): post.name
        for post in frappe.get_all(
            "Induction Period", fields=["name", "ect", "school"], order_by="is_open, starts_on"
        )
    }
    for doctype in ("Progress Review", "Formal Assessment"):
        for row in frappe.get_all(
            doctype, {"induction_period": ("is", "not set")}, ["name", "ect", "school"]
        ):
            if post := posts.get((row.ect, row.school)):
                frappe.db.set_value(doctype, row.name, "induction_period", post, update_modified=False)
