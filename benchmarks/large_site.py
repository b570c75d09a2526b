"""A site of its own with as many cases as a large appropriate body has, for the benchmarks.

Three cases are made by the services themselves, as people would; their rows are then copied, with names of
their own, to 1,000 schools. Two appropriate bodies: one with nine tenths of the cases, one with the rest.
The site is made once and kept in `.run/benchmark`.
"""

import hashlib
import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from standalone import installation, services  # noqa: E402 -- found through the line above
from standalone.run_root import SITE, RunRoot  # noqa: E402

TODAY = "2025-04-08"
CASES, SCHOOLS = 10_000, 1_000
_PEOPLE = ("mentor", "tutor", "coordinator", "head", "administrator")
_OF_A_CASE = (
    "Induction Period",
    "Progress Review",
    "Formal Assessment",
    "Observation",
    "Absence",
    "Induction Signature",
    "Induction Event",
    "Correspondence",
)
_TABLES = {
    "Progress Review": ("Standard Progress", "Development Target"),
    "Formal Assessment": ("Standard Judgement", "Development Target"),
    "Observation": ("Observed Standard",),
    "Induction Period": ("Working Pattern",),
    "User": ("Has Role",),
}


@dataclass
class People:
    """Who is measured, and a case each of them reads."""

    tutor: str
    head: str
    officer: str
    small_officer: str
    ect: str
    small_ect: str
    cases: int
    schools: int


@contextmanager
def large_site(cases: int = CASES, schools: int = SCHOOLS) -> Iterator[tuple[RunRoot, People]]:
    """Run the large site, making it first where there is none; the web server runs, workers do not."""
    run = RunRoot(ROOT / ".run" / f"benchmark-{cases}")
    installation.bring_up(run, demonstration=False)
    services.halt(run, [name for name in services.states(run) if name.startswith(("worker", "schedule"))])
    os.environ.update(run.environment)
    os.chdir(run.sites)
    import frappe

    frappe.init(SITE, sites_path=str(run.sites))
    frappe.connect()
    try:
        note = run.root / "people.json"
        if not note.exists():
            note.write_text(json.dumps(asdict(_fill(cases, schools))))
            services.restart_code(run)
            services.halt(
                run, [name for name in services.states(run) if name.startswith(("worker", "schedule"))]
            )
        yield run, People(**json.loads(note.read_text()))
    finally:
        frappe.destroy()
        services.stop(run)


def _fill(cases: int, schools: int) -> People:
    import frappe
    from frappe.installer import update_site_config

    from tests import factory

    frappe.set_user("Administrator")
    update_site_config("induction_today", TODAY)
    frappe.local.conf.induction_today = TODAY
    large, small = factory.place(), factory.place()
    templates = [_template(large, state) for state in ("on time", "late", "off track")]
    frappe.db.commit()
    places = _schools(large, small, schools)
    names = _copies(templates, large, places, cases - len(templates))
    frappe.db.commit()
    for doctype in ("School", "Induction Staff", "User", "ECT", *_OF_A_CASE):
        frappe.db.sql(f"analyze table `tab{doctype}`")
    frappe.clear_cache()
    return People(
        tutor=large.tutor,
        head=large.head,
        officer=large.officer,
        small_officer=small.officer,
        ect=templates[0],
        small_ect=names[small.body],
        cases=cases,
        schools=schools,
    )


def _template(at, state: str) -> str:
    """A case in its second term: two reviews received, or one late, or one off track."""
    from tests import factory

    ect = factory.registered_ect(at)
    with factory.on_day("2024-12-05"):
        first = factory.review_of(ect, 1)
        factory.write_review(at, first, "2024-12-04", standards=_by_standard("On track"))
        factory.sign_and_send(at, "Progress Review", first, ect)
    if state != "late":
        with factory.on_day("2025-03-20"):
            second = factory.review_of(ect, 2)
            values = {"standards": _by_standard("On track")}
            if state == "off track":
                values = {
                    "standards": _by_standard("Cause for concern"),
                    "on_track": "Not on track",
                    "support_plan": "Weekly coaching.",
                }
            factory.write_review(at, second, "2025-03-19", **values)
            factory.sign_and_send(at, "Progress Review", second, ect)
    return ect


def _by_standard(progress: str) -> list[dict]:
    import frappe

    standards = frappe.get_all("Teachers Standard", order_by="position", pluck="name")
    return [{"standard": each, "progress": progress, "evidence": "Seen in lessons."} for each in standards]


def _schools(large, small, number: int) -> list[dict[str, str]]:
    """Copies of a school with its people. Each is a mapping from the template's names to its own."""
    import frappe

    school = _rows("School", {"name": large.school})
    accounts = _rows("User", {"name": ("in", [large.people[who] for who in _PEOPLE])})
    roles = {row["name"]: [] for row in accounts}
    for row in _rows("Has Role", {"parent": ("in", list(roles)), "parenttype": "User"}):
        roles[row["parent"]].append(row)
    positions = _rows("Induction Staff", {"school": large.school, "user": ("in", list(roles))})
    places = [{}]
    made = {"School": [], "User": [], "Has Role": [], "Induction Staff": []}
    for each in range(1, number):
        body = small.body if each % 10 == 9 else large.body
        own = {large.school: f"{100_000 + each}", large.body: body}
        own |= {user: f"{each}.{user}" for user in roles}
        places.append(own)
        made["School"].append(_with(school[0], own, urn=own[large.school], school_name=f"School no. {each}"))
        for account in accounts:
            made["User"].append(_with(account, own, email=own[account["name"]], username=None))
            for row in roles[account["name"]]:
                made["Has Role"].append(_with(row, own, name=frappe.generate_hash(length=12)))
        for row in positions:
            made["Induction Staff"].append(_with(row, own, name=f"{row['name']}-{each}"))
    for doctype, rows in made.items():
        _write(doctype, rows)
    return places


def _copies(templates: list[str], at, places: list[dict], number: int) -> dict[str, str]:
    """Copy the templates' cases to the places in turn; returns one case of each appropriate body."""
    chance = random.Random(2012)
    sources = [_case(name) for name in templates]
    made: dict[str, list[dict]] = {}
    an_ect = {}
    for each in range(number):
        source, place = sources[each % len(sources)], places[each % len(places)]
        template = source["ECT"][0]
        name = f"ECT-{200_000 + each}"
        user = f"ect.{each}@example.com"
        last = chance.choice(("Abbott", "Begum", "Carter", "Dhillon", "Evans", "Farouk", "Grant", "Hughes"))
        own = {**place, template["name"]: name, template["user"]: user}
        own |= {
            row["name"]: f"{row['name']}-{each}"
            for kind, rows in source.items()
            if kind != "ECT"
            for row in rows
        }
        identity = {
            "trn": f"{4_000_000 + each}",
            "email": user,
            "last_name": last,
            "full_name": f"Eve {last}",
        }
        for doctype, rows in source.items():
            for row in rows:
                copy = _with(row, own, template["name"])
                if doctype == "ECT":
                    copy |= identity
                elif doctype == "User":
                    copy |= {"name": user, "email": user, "username": None, "full_name": f"Eve {last}"}
                elif "ect_name" in copy:
                    copy["ect_name"] = f"Eve {last}"
                made.setdefault(doctype, []).append(copy)
        an_ect[place.get(at.body, at.body)] = name
        if each % 500 == 499 or each == number - 1:
            for doctype, rows in made.items():
                _write(doctype, rows)
            made.clear()
            import frappe

            frappe.db.commit()
    return an_ect


def _case(ect: str) -> dict[str, list[dict]]:
    """Every row of a case, by record type; the ECT comes first."""
    found = {"ECT": _rows("ECT", {"name": ect})}
    found["User"] = _rows("User", {"name": found["ECT"][0]["user"]})
    for doctype in _OF_A_CASE:
        found[doctype] = _rows(doctype, {"ect": ect})
    for doctype, tables in _TABLES.items():
        parents = [row["name"] for row in found[doctype]]
        for table in tables:
            rows = _rows(table, {"parent": ("in", parents or [""]), "parenttype": doctype})
            found.setdefault(table, []).extend(rows)
    return {doctype: rows for doctype, rows in found.items() if rows}


def _rows(doctype: str, filters: dict) -> list[dict]:
    import frappe

    return [dict(row) for row in frappe.get_all(doctype, filters=filters, fields=["*"])]


def _with(row: dict, own: dict[str, str], ect: str | None = None, **values: object) -> dict:
    """A copy of a row with other names in it, also inside short keys such as `ECT-000001|final|6`."""
    copy = {}
    for field, value in row.items():
        if isinstance(value, str):
            if value in own:
                value = own[value]
            elif field == "send_key":
                value = hashlib.sha256(f"{value}{ect}{own[ect]}".encode()).hexdigest()
            elif field.endswith("_key"):
                for old, new in own.items():
                    value = value.replace(old, new)
        copy[field] = value
    return {**copy, **values}


def _write(doctype: str, rows: Iterable[dict]) -> None:
    import frappe

    rows = list(rows)
    if rows:
        fields = list(rows[0])
        frappe.db.bulk_insert(doctype, fields, [[row[field] for field in fields] for row in rows])
