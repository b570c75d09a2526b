"""Signing: who signs what, in which capacity, and the hash of exactly that text."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from induction_app.access.positions import people_in
from induction_app.clock import now
from induction_app.induction_case.events import record_event
from induction_app.induction_case.tutors import at_their_schools


def sign(doc: Document, capacity: str) -> Document:
    """Record the signature of the person signed in on the present version of a record (para 2.61).

    Raises frappe.PermissionError where the person is not the one whose signature it is, and
    frappe.ValidationError where one person would sign twice without saying so knowingly (para 2.45).
    """
    person = frappe.session.user
    if person not in signers(doc, capacity):
        frappe.throw(
            _("Only {0} can give this signature. Nobody signs for another.").format(_whose(doc, capacity)),
            frappe.PermissionError,
        )
    earlier = [signature for signature in doc.signatures() if signature.person == person]
    if earlier and not cint(doc.get("both_capacities_confirmed")):
        frappe.throw(
            _(
                "You have signed {0} in another capacity already. Tick “Signing in both capacities” if you hold "
                "both roles and mean to sign in both (paragraph 2.45)."
            ).format(doc.name)
        )
    content = doc.text_to_sign(capacity)
    signature = frappe.get_doc(
        {
            "doctype": "Induction Signature",
            "reference_doctype": doc.doctype,
            "reference_name": doc.name,
            "version": cint(doc.version),
            "ect": doc.ect,
            "school": doc.school,
            "appropriate_body": doc.appropriate_body,
            "person": person,
            "person_name": frappe.utils.get_fullname(person),
            "capacity": capacity,
            "role": doc.flags.acting_role,
            "signed_at": now(),
            "both_capacities": int(bool(earlier)),
            "content_hash": doc.hash_to_sign(capacity),
            "content": content,
            "signature_key": f"{doc.doctype}|{doc.name}|{cint(doc.version)}|{capacity}",
        }
    ).insert(ignore_permissions=True)  # made by signing alone; no role may create one by hand
    record_event(
        "signed",
        _("{0} signed as {1}").format(signature.person_name, capacity_in_words(capacity)),
        doc=doc,
        role=doc.flags.acting_role,
        details={"signature": signature.name, "version": signature.version, "sha256": signature.content_hash},
    )
    return signature


def signers(doc: Document, capacity: str) -> list[str]:
    """Users whose signature in a capacity counts on a record."""
    fields = ["name", "user", "induction_tutor", "mentor", "school"]
    ects = {doc.ect: frappe.db.get_value("ECT", doc.ect, fields, as_dict=True)}
    # What was made at a school is signed by its people, also after the ECT has moved on (2.61 to 2.63).
    ect = at_their_schools(doc.doctype, [doc.as_dict()], ects)[doc.name]
    if capacity == "ect":
        return [ect.user] if ect.user else []
    holders = people_in(capacity, school=ect.school)
    if capacity == "induction_tutor":
        return [user for user in holders if user == ect.induction_tutor]
    return holders


def _whose(doc: Document, capacity: str) -> str:
    names = [frappe.utils.get_fullname(user) for user in signers(doc, capacity)]
    return _(" or ").join(names) or _("a person who is {0}").format(capacity_in_words(capacity))


def capacity_in_words(capacity: str) -> str:
    """A capacity as people say it in a sentence: `signed as induction tutor`."""
    words = {
        "ect": _("early career teacher"),
        "induction_tutor": _("induction tutor"),
        "headteacher": _("headteacher"),
    }
    return words.get(capacity) or _(capacity.replace("_", " "))
