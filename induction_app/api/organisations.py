"""Schools, their authorisation, their people and the register import, over HTTP."""

import frappe
from frappe import _

from induction_app.organisations import colleagues, gias_import


@frappe.whitelist(methods=["POST"])
def request_authorisation(school: str) -> dict:
    """The school asks its appropriate body to authorise it."""
    return _change(school, "request_authorisation")


@frappe.whitelist(methods=["POST"])
def authorise_school(school: str) -> dict:
    """An officer of the school's appropriate body authorises it."""
    return _change(school, "authorise")


@frappe.whitelist(methods=["POST"])
def return_school(school: str, reason: str) -> dict:
    """An officer of the school's appropriate body returns its request with a reason."""
    return _change(school, "return_with_reason", reason=reason)


@frappe.whitelist(methods=["POST"])
def register_colleague(
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    school: str | None = None,
    appropriate_body: str | None = None,
    starts_on: str | None = None,
    holds_qts: bool = False,
) -> dict:
    """Give a person a role at a school or appropriate body, with an account where they have none."""
    position = colleagues.register_colleague(
        email, first_name, last_name, role, school, appropriate_body, starts_on, holds_qts
    )
    return {"name": position.name, "user": position.user, "full_name": position.full_name}


@frappe.whitelist(methods=["POST"])
def end_position(position: str, last_day: str | None = None) -> dict:
    """End a person's position on a day (today unless told); their access ends with it."""
    record = frappe.get_doc("Induction Staff", position)
    record.check_permission("write")
    record.end(last_day)
    return {"name": record.name, "ends_on": record.ends_on}


@frappe.whitelist(methods=["POST"])
def import_register(file: str) -> dict:
    """Read an uploaded extract of the school register: now when it is small, else in the background."""
    if not frappe.has_permission("School", "import"):
        frappe.throw(_("You may not read the school register into this service."), frappe.PermissionError)
    frappe.get_doc("File", file).check_permission("read")
    return gias_import.import_uploaded_register(file)


def _change(school: str, method: str, **values) -> dict:
    # Locked, so that of two people who act at once the second is told what the first did.
    record = frappe.get_doc("School", school, for_update=True)
    record.check_permission("read")
    getattr(record, method)(**values)
    return {"school": record.name, "authorisation": record.authorisation}
