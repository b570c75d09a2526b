import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, date_diff, formatdate, getdate

from induction_app.clock import today
from induction_app.induction_case import schedule, status
from induction_app.induction_case.events import record_event
from induction_app.induction_case.overlaps import others_at_the_same_time
from induction_app.induction_case.what_may_follow import check_may_follow


class Absence(Document):
    """Days absent from work during induction (paras 3.6 and 3.7)."""

    def validate(self) -> None:
        self.place()
        self.check_dates()
        self.check_overlap()
        self.check_choice()

    def place(self) -> None:
        """The induction period, school and body the absence falls in."""
        rows = frappe.get_all(
            "Induction Period",
            filters={"ect": self.ect, "starts_on": ("<=", self.starts_on)},
            or_filters=[["ends_on", "is", "not set"], ["ends_on", ">=", self.starts_on]],
            fields=["name", "school", "appropriate_body"],
            limit=1,
        )
        if not rows:
            frappe.throw(_("First day: the ECT was not in an induction period then."))
        self.induction_period = rows[0].name
        self.school, self.appropriate_body = rows[0].school, rows[0].appropriate_body

    def check_dates(self) -> None:
        if self.ends_on and getdate(self.ends_on) < getdate(self.starts_on):
            frappe.throw(_("Last day: it comes before the first."))
        if self.ends_on and cint(self.days) > date_diff(self.ends_on, self.starts_on) + 1:
            frappe.throw(_("School days absent: more than there are days from the first to the last."))
        if cint(self.days) < 1:
            frappe.throw(_("School days absent: enter at least one day."))

    def check_overlap(self) -> None:
        for other in others_at_the_same_time(self):
            frappe.throw(
                _("First day: the absence overlaps another, {0}, from {1}.").format(
                    other.name, formatdate(other.starts_on, "d MMMM yyyy")
                )
            )

    def check_choice(self) -> None:
        """Ad hoc absence extends by rule, not by choice; the choice itself is the ECT's alone."""
        if self.kind == "Ad hoc":
            self.extend, self.choice_made_on = 0, None
        elif not self.flags.by_ect:
            before = self.get_doc_before_save()
            self.extend = before.extend if before else 0
            self.choice_made_on = before.choice_made_on if before else None

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        watched = ("kind", "starts_on", "ends_on", "days", "extend")
        record_event(
            "absence",
            _("Absence recorded: {0}").format(absence_kind(self.kind))
            if not before
            else _("Absence changed: {0}").format(absence_kind(self.kind)),
            doc=self,
            details={f: {"before": before and before.get(f), "after": self.get(f)} for f in watched},
        )
        self.refresh_case()

    def on_trash(self) -> None:
        record_event("absence", _("Absence removed: {0}").format(absence_kind(self.kind)), doc=self)

    def after_delete(self) -> None:
        self.refresh_case()

    def refresh_case(self) -> None:
        """Schedule and status follow from an absence, and from its removal."""
        schedule.refresh(self.ect)
        status.refresh_status(self.ect, locked=True)

    def choose(self, extend: bool) -> None:
        """The ECT's own choice whether induction is extended by this leave (3.7).

        Raises frappe.PermissionError for anybody else.
        """
        if frappe.session.user != frappe.db.get_value("ECT", self.ect, "user"):
            frappe.throw(_("Only the ECT makes this choice (paragraph 3.7)."), frappe.PermissionError)
        if self.kind == "Ad hoc":
            frappe.throw(
                _("Kind: ad hoc absence extends induction by rule, without a choice (paragraph 3.6).")
            )
        check_may_follow("leave_choice", self.ect, _(self.meta.get_label("extend")))
        self.extend, self.choice_made_on = cint(extend), today()
        self.flags.by_ect = True
        self.save(ignore_permissions=True)  # ECTs do not write absences, except for this choice of theirs


def absence_kind(kind: str) -> str:
    """A kind of absence as people say it."""
    words = {"Ad hoc": _("sickness or other"), "Carer's": _("carer's leave")}
    return words.get(kind) or _("{0} leave").format(_(kind).lower())
