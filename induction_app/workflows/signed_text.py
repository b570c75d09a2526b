"""The text that signatures cover: what is signed, what may not change after, and when a new version begins."""

import hashlib
import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from induction_app.access.computed_fields import LAYOUT
from induction_app.workflows.stages import EVERY_FIELD, STAGES


class SignedText:
    """The part of a staged document that some record types have: signatures on a version of their text."""

    # The text signatures cover, and the part of it that only the headteacher adds and signs.
    signed_fields: tuple[str, ...] = ()
    headteacher_fields: tuple[str, ...] = ()

    def signatures(self) -> list[frappe._dict]:
        """The signatures on the present version, first to last."""
        return frappe.get_all(
            "Induction Signature",
            filters={
                "reference_doctype": self.doctype,
                "reference_name": self.name,
                "version": cint(self.get("version")),
            },
            fields=[
                "name",
                "person",
                "person_name",
                "capacity",
                "role",
                "signed_at",
                "content_hash",
                "content",
            ],
            order_by="signed_at, creation",
        )

    def text_to_sign(self, capacity: str) -> str:
        """The text a person signs in a capacity, as canonical JSON. The tutor signs before the headteacher
        recommends (2.60, 2.61), so the headteacher's part is left out of the tutor's text."""
        names = [
            f for f in self.signed_fields if capacity != "induction_tutor" or f not in self.headteacher_fields
        ]
        content = {name: comparable(self, self.meta.get_field(name)) for name in names}
        content["record"], content["version"] = self.name, cint(self.version)
        return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, default=str)

    def hash_to_sign(self, capacity: str) -> str:
        """SHA-256 of the text a person signs in a capacity, in hexadecimal."""
        return hashlib.sha256(self.text_to_sign(capacity).encode()).hexdigest()

    def protect_signed_text(self) -> None:
        """A signed text stays as it was signed."""
        if (
            not self.signed_fields
            or not self.before
            or self.stage_rules.editable is EVERY_FIELD
            and self.moved_on
        ):
            return
        for signature in self.signatures():
            if self.hash_to_sign(signature.capacity) != signature.content_hash:
                frappe.throw(
                    _(
                        "{0} has signed this text. Return it to be rewritten: it then becomes a new version and is signed again."
                    ).format(signature.person_name)
                )

    def reopen_version(self) -> None:
        """Back in a stage where the text may change, a signed version is left and the next begins."""
        if self.signed_fields and self.before and self.moved_on and self.stage_rules.editable is EVERY_FIELD:
            if self.signatures():
                self.version = cint(self.version) + 1
                self.both_capacities_confirmed = 0

    def sign_if_signing(self) -> None:
        """Moving on from a signing stage is the signature of the person who moves it on."""
        capacity = STAGES[self.doctype][self.came_from].signs if self.came_from else None
        if not capacity or self.is_return() or self.stage == "cancelled" or self.by_rules:
            return
        from induction_app.assessment.signing import sign  # it knows this class

        sign(self, capacity)


def comparable(doc: Document, df) -> object:
    """A field's value in a form that compares and hashes the same however it was sent."""
    if df.fieldtype in ("Table", "Table MultiSelect"):
        inner = [f for f in frappe.get_meta(df.options).fields if f.fieldtype not in LAYOUT]
        return [{f.fieldname: comparable(row, f) for f in inner} for row in doc.get(df.fieldname) or []]
    value = doc.get(df.fieldname)
    if df.fieldtype in ("Check", "Int"):
        return cint(value)
    if df.fieldtype in ("Float", "Currency", "Percent"):
        return round(float(value or 0), 4)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
