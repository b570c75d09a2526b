"""Who gets a mail: people by what they are to the case, for a whole batch of records at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe

from induction_app.clock import today
from induction_app.induction_case.tutors import at_their_schools
from induction_app.workflows.next_actors import people_by_record
from induction_app.workflows.stages import PATHS

# A rule's tick box and the field of the ECT that names the person.
_OF_THE_ECT = {
    "to_ect": "user",
    "to_tutor": "induction_tutor",
    "to_mentor": "mentor",
    "to_named_contact": "named_contact",
}
# A rule's tick box, the capacity it means, and whether it is held at the school or the body.
_OF_THE_PLACE = {
    "to_headteacher": ("headteacher", "school"),
    "to_coordinator": ("induction_coordinator", "school"),
    "to_ab_officers": ("ab_officer", "body"),
    "to_decision_makers": ("ab_decision_maker", "body"),
}
TICK_BOXES = ("to_next_actors", *_OF_THE_ECT, *_OF_THE_PLACE, "to_employer")
_ECT_FIELDS = [
    *("name", "full_name", "email", "user", "induction_tutor", "mentor", "named_contact", "school"),
    *("appropriate_body", "absence_extension_days"),
]


@dataclass(frozen=True)
class Recipient:
    """Somebody a mail goes to; `user` is empty for an employer and an ECT without an account."""

    email: str
    name: str
    user: str | None = None


class Directory:
    """The people and places of a batch of records of one type, read in a fixed number of queries."""

    def __init__(self, doctype: str, records: Iterable[Mapping], with_actors: bool) -> None:
        """`records` need name and ect (or school, appropriate_body), and workflow_state for `with_actors`."""
        self.doctype = doctype
        self.records = list(records)
        self.ects = self._read_ects()
        self.known_as = at_their_schools(doctype, self.records, self.ects)
        self.schools = self._read_schools()
        self.bodies = self._read_bodies()
        self.staff = self._read_staff()
        self.actors = self._read_actors() if with_actors else {}
        self.users = self._read_users()

    def ect_of(self, record: Mapping) -> frappe._dict:
        """The ECT a record is about, as the school knows them where it was made at one; empty for a school's."""
        found = self.known_as.get(record["name"]) or self.ects.get(self._ect_name(record))
        return found or frappe._dict()

    def school_of(self, record: Mapping, as_written: bool = False) -> frappe._dict:
        """The school the ECT is at now, or (`as_written`) the one the record was written at."""
        now, written = self.ect_of(record).school, self._own_school(record)
        return self.schools.get((written or now) if as_written else (now or written)) or frappe._dict()

    def body_of(self, record: Mapping) -> frappe._dict:
        """The appropriate body a record belongs to."""
        name = record.get("appropriate_body") or self.ect_of(record).appropriate_body
        return self.bodies.get(name) or frappe._dict()

    def recipients(self, rule: Mapping, record: Mapping) -> list[Recipient]:
        """Everybody a rule names for a record, each once; nobody whose account is switched off."""
        found: dict[str, Recipient] = {}
        for recipient in self._named(rule, record):
            found.setdefault(recipient.email.casefold(), recipient)
        return list(found.values())

    def _named(self, rule: Mapping, record: Mapping) -> Iterable[Recipient]:
        ect = self.ect_of(record)
        # Notice goes to the headteacher and employer where induction was completed (2.69).
        school = self.school_of(record, as_written=bool(rule["letter"]))
        body = self.body_of(record)
        users = list(self.actors.get(record["name"], [])) if rule["to_next_actors"] else []
        users += [ect.get(field) for box, field in _OF_THE_ECT.items() if rule[box]]
        for box, (capacity, kind) in _OF_THE_PLACE.items():
            place = school.name if kind == "school" else body.name
            users += self.staff[capacity, place] if rule[box] else []
        for user in users:
            if user in self.users:
                yield self.users[user]
        if rule["to_ect"] and ect.email and not ect.user:
            yield Recipient(ect.email, ect.full_name)
        if rule["to_employer"] and school.employer_email:
            yield Recipient(school.employer_email, school.employer_name or school.school_name)

    def _ect_name(self, record: Mapping) -> str | None:
        return record["name"] if self.doctype == "ECT" else record.get("ect")

    def _own_school(self, record: Mapping) -> str | None:
        return record["name"] if self.doctype == "School" else record.get("school")

    def _read_ects(self) -> dict[str, frappe._dict]:
        return _by_name("ECT", {self._ect_name(record) for record in self.records}, _ECT_FIELDS)

    def _read_schools(self) -> dict[str, frappe._dict]:
        names = {self._own_school(record) for record in self.records}
        names |= {ect.school for ect in self.ects.values()}
        return _by_name("School", names, ["name", "school_name", "employer_name", "employer_email"])

    def _read_bodies(self) -> dict[str, frappe._dict]:
        names = {record.get("appropriate_body") for record in self.records}
        names |= {ect.appropriate_body for ect in self.ects.values()}
        return _by_name("Appropriate Body", names, ["name", "ab_name", "email", "phone", "address"])

    def _read_staff(self) -> dict[tuple[str, str], list[str]]:
        """Users by capacity and place, of those who hold a position today."""
        staff, role = frappe.qb.DocType("Induction Staff"), frappe.qb.DocType("Induction Role")
        day = today()
        rows = (
            frappe.qb.from_(staff)
            .join(role)
            .on(staff.role == role.name)
            .select(staff.user, role.capacity, staff.school, staff.appropriate_body)
            .where(role.capacity.isin([capacity for capacity, _kind in _OF_THE_PLACE.values()]))
            .where(
                staff.school.isin(list(self.schools) or [""])
                | staff.appropriate_body.isin(list(self.bodies) or [""])
            )
            .where(staff.starts_on <= day)
            .where(staff.ends_on.isnull() | (staff.ends_on >= day))
            .orderby(staff.full_name)
            .run(as_dict=True)
        )
        found = defaultdict(list)
        for row in rows:
            for place in (row.school, row.appropriate_body):
                if place:
                    found[row.capacity, place].append(row.user)
        return found

    def _read_actors(self) -> dict[str, list[str]]:
        return people_by_record(self.doctype, self.records) if self.doctype in PATHS else {}

    def _read_users(self) -> dict[str, Recipient]:
        names = {user for users in self.staff.values() for user in users}
        names |= {user for users in self.actors.values() for user in users}
        known = [*self.ects.values(), *(ect for ect in self.known_as.values() if ect)]
        names |= {ect.get(field) for ect in known for field in _OF_THE_ECT.values()}
        rows = _by_name("User", names, ["name", "email", "full_name", "enabled"])
        return {
            row.name: Recipient(row.email or row.name, row.full_name or row.name, row.name)
            for row in rows.values()
            if row.enabled
        }


def _by_name(doctype: str, names: Iterable[str | None], fields: list[str]) -> dict[str, frappe._dict]:
    wanted = sorted(name for name in names if name)
    if not wanted:
        return {}
    return {
        row.name: row
        for row in frappe.get_all(
            doctype, filters={"name": ("in", wanted)}, fields=fields, limit_page_length=0
        )
    }
