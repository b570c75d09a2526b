"""The letters that go with mails: who may have one, and each made once however many it goes to."""

from collections.abc import Iterable, Mapping

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.correspondence.outbox import Letter
from induction_app.correspondence.recipients import Directory, Recipient
from induction_app.documents.render import letter_pdf
from induction_app.induction_case.events import record_event
from induction_app.page_kit.told import tell

# A rule's choice of letter, and the record type it is made of.
LETTERS = {"registration": "ECT", "decision": "Induction Decision"}
_NAMES = {"registration": "Registration for induction", "decision": "Notice of decision"}


def may_have(rule: Mapping, directory: Directory, record: Mapping, recipient: Recipient) -> bool:
    """Whether a recipient may be sent what a rule sends. A letter holds what the record says, so it goes only
    to those who may read that, and notice of a decision also to the ECT, headteacher and employer (2.69)."""
    if not rule["letter"]:
        return True
    ect = directory.ect_of(record)
    school = directory.school_of(record, as_written=True)
    if not recipient.user:
        told = [ect.email] + [school.employer_email] * (rule["letter"] == "decision")
        return recipient.email in told
    if recipient.user in (ect.user, *directory.staff["headteacher", school.name]):
        return True
    if rule["letter"] == "registration":  # it holds the date of birth and the TRN
        return recipient.user in directory.staff["induction_coordinator", school.name]
    doc = frappe.get_doc(directory.doctype, record["name"])
    return bool(frappe.has_permission(directory.doctype, "read", doc=doc, user=recipient.user))


def say_what_to_post(doc: Document, rules: Iterable[Mapping]) -> None:
    """Where the employer has no email address, tell who is signed in to post the letter, and put it on the case:
    notice to the employer is a duty (2.69)."""
    if not any(rule["letter"] and rule["to_employer"] for rule in rules):
        return
    school = frappe.db.get_value(
        "School", doc.school, ["school_name", "employer_name", "employer_email"], as_dict=True
    )
    if not school or school.employer_email:
        return
    sentence = _("{0} has no email address of its employer. Print the letter and post it to {1}.").format(
        school.school_name, school.employer_name or _("the employer")
    )
    record_event("letter to post", sentence, doc=doc)
    tell(sentence)


class Cabinet:
    """Letters about one record, made when first asked for."""

    def __init__(self, doc: Document | None) -> None:
        self.doc = doc
        self.made: dict[str, Letter] = {}

    def letter(self, kind: str | None) -> Letter | None:
        """The letter of a kind, or None where the rule sends none."""
        if not kind or not self.doc:
            return None
        if kind not in self.made:
            self.made[kind] = Letter(f"{self.doc.name} {_(_NAMES[kind])}.pdf", letter_pdf(self.doc))
        return self.made[kind]
