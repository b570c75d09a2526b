"""Who is in the story: two schools of the register's sample, two appropriate bodies, and the people there."""

from dataclasses import dataclass

from standalone.walkthrough.person import Person

MAIL = "walkthrough.example"
BODY = "Ashdale Teaching School Hub"
OTHER_BODY = "Pennant National Appropriate Body"
SCHOOL, OTHER_SCHOOL = "100000", "137666"
PLACES = {SCHOOL: "The Aldgate School", OTHER_SCHOOL: "Chudleigh Knighton CofE Primary School"}

BODIES = (
    {
        "ab_name": BODY,
        "ab_type": "Teaching school hub",
        "email": f"induction@ashdale.{MAIL}",
        "address": "Ashdale Teaching School Hub\n2 Mill Lane\nAshdale\nAS1 4QT",
        "signatory_name": "Martin Ellery",
        "signatory_title": "Director of Induction",
    },
    {
        "ab_name": OTHER_BODY,
        "ab_type": "National",
        "email": f"office@pennant.{MAIL}",
        "address": "Pennant House\n14 Bridge Street\nHarwell\nOX11 2LP",
        "signatory_name": "Gwen Pryce",
        "signatory_title": "Chief Executive",
    },
)
EMPLOYER = {"employer_name": "The Governing Body", "employer_email": f"governors@aldgate.{MAIL}"}


@dataclass(frozen=True)
class Part:
    """Somebody's part in the story: a role at a place."""

    key: str
    first: str
    last: str
    role: str
    school: str | None = None
    body: str | None = None

    @property
    def email(self) -> str:
        """The person's address, in a domain that reaches nobody."""
        place = "aldgate" if self.school == SCHOOL else "chudleigh" if self.school else "body"
        return f"{self.first}.{self.last}@{place}.{MAIL}".lower().replace("â", "a").replace("'", "")

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


AT_BODIES = (
    Part("officer", "Ruth", "Adeyemi", "AB Officer", body=BODY),
    Part("decision_maker", "Martin", "Ellery", "AB Decision Maker", body=BODY),
    Part("contact", "Helen", "Sharma", "AB Named Contact", body=BODY),
    Part("quality", "Tom", "Griffiths", "QA Officer", body=BODY),
    Part("other_officer", "Gwen", "Pryce", "AB Officer", body=OTHER_BODY),
)
HEADS = (
    Part("head", "Margaret", "Osei", "Headteacher", SCHOOL),
    Part("school_administrator", "Joanne", "Pike", "School Administrator", SCHOOL),
    Part("other_head", "Philip", "Trent", "Headteacher", OTHER_SCHOOL),
)
STAFF = (
    Part("coordinator", "Simon", "Lathwell", "Induction Coordinator", SCHOOL),
    Part("tutor", "Daniel", "Whitcombe", "Induction Tutor", SCHOOL),
    Part("mentor", "Siân", "Pritchard", "Mentor", SCHOOL),
    Part("governor", "Keith", "Brannigan", "Governor", SCHOOL),
)
OTHER_STAFF = (Part("other_tutor", "Laura", "Fenwick", "Induction Tutor", OTHER_SCHOOL),)


@dataclass(frozen=True)
class Teacher:
    """An early career teacher of the story, as the registration gives them."""

    key: str
    first: str
    last: str
    trn: str
    born: str
    ni_number: str
    programme: str = "Provider-led"

    @property
    def email(self) -> str:
        """The ECT's address."""
        return f"{self.first}.{self.last}@aldgate.{MAIL}".lower()

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


PASSES = Teacher("passes", "Amara", "Okafor", "2214786", "2001-02-14", "AB123456C")
EXTENDED = Teacher("extended", "Ben", "Hartley", "2214791", "1999-11-03", "CE234567A", "School-led")
FAILS = Teacher("fails", "Chloe", "Marsden", "2215003", "2000-07-21", "HK345678B")
LEAVES = Teacher("leaves", "Dilan", "Kaya", "2215144", "1998-04-30", "JM456789D")
TEACHERS = (PASSES, EXTENDED, FAILS, LEAVES)


@dataclass
class Case:
    """One ECT's case as the story goes on: the record's name, and the person once they have an account."""

    teacher: Teacher
    name: str = ""
    person: Person | None = None

    @property
    def first(self) -> str:
        """The ECT's first name, for what people write."""
        return self.teacher.first
