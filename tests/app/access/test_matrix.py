"""The access table, asked line by line over HTTP."""

from __future__ import annotations

import importlib
import pkgutil

import frappe
import pytest

import induction_app
from induction_app.documents.render import PAPERS
from induction_app.workflows.stages import PATHS
from tests.app.access import asking, calls, written
from tests.app.access.table import LETTERS, TABLE
from tests.app.access.world import ROLES
from tests.http_client import words

EVERYWHERE = "ADM"  # the one role whose rows are all rows


@pytest.mark.parametrize("doctype", TABLE.records)
def test_records(world, visitors, doctype):
    found = {code: _what(world, visitors[code], doctype, code) for code in ROLES}
    differing = [
        f"{ROLES[code]} · {doctype} · {LETTERS[letter]} on {whose}: {'yes' if letter in may else 'no'}, "
        f"should be {'yes' if letter in should else 'no'}"
        for code, answers in found.items()
        for whose, may, should in answers
        for letter in LETTERS
        if (letter in may) != (letter in should)
    ]
    assert not differing, "\n".join(differing)


def _what(world, visitor, doctype: str, code: str) -> list[tuple[str, set[str], set[str]]]:
    """What a person can do with their own record and with a foreign one, beside what they should."""
    should = TABLE.records[doctype][code]
    if doctype == "Induction Settings":
        return [("the settings", _single(visitor, doctype), should)]
    own, foreign = world.own.record(doctype, code), world.foreign_record(doctype, code)
    in_lists = _in_lists(visitor, doctype, [own, foreign], should)
    may = in_lists[own] | _one_by_one(world.own, visitor, doctype, own, set("rfpowscd"), should)
    found = [("their own", may, should)]
    if foreign != own:
        # What a person may not do with their own is refused by a right they lack, not by the row.
        whose = world.far if doctype in written.OF_A_PLACE else world.foreign(code)
        expected = _of_foreign(doctype, code, should)
        may = in_lists[foreign] | _one_by_one(whose, visitor, doctype, foreign, should | {"r"}, expected)
        found.append(("another's", may, expected))
    return found


def _in_lists(visitor, doctype: str, names: list[str], should: set[str]) -> dict[str, set[str]]:
    """What lists, counts and exports show of some records."""
    in_list, taken = asking.listed(visitor, doctype, names), asking.exported(visitor, doctype, names)
    number = asking.counted(visitor, doctype, names)
    assert number in (0, len(in_list)), f"{visitor.user}: {doctype} is counted past what the list shows"
    found = {name: {"l"} if name in in_list else set() for name in names}
    for name in names:
        found[name] |= {"n"} if number and name in in_list else set()
        found[name] |= {"x"} if name in taken else set()
    return found


def _one_by_one(case, visitor, doctype: str, name: str, letters: set[str], should: set[str]) -> set[str]:
    asks = {
        "r": asking.reads,
        "p": asking.prints,
        "w": asking.writes,
        "s": asking.submits,
    }
    if (doctype, "") in PAPERS:
        asks["o"] = asking.takes_pdf
    may = {letter for letter, ask in asks.items() if letter in letters and ask(visitor, doctype, name)}
    if "f" in letters and asking.opens(visitor, case.files[name]):
        may.add("f")
    made = None
    if "c" in letters:
        created, made = asking.creates(visitor, doctype, written.new(case, doctype, visitor.user))
        may |= {"c"} if created else set()
    # Who may delete deletes what they have just made.
    if "d" in letters and asking.deletes(visitor, doctype, made if "d" in should else name):
        may.add("d")
    return may


def _of_foreign(doctype: str, code: str, should: set[str]) -> set[str]:
    if code == EVERYWHERE:
        return should
    return should & set("lnrfpx") if doctype in TABLE.shared else set()


def _single(visitor, doctype: str) -> set[str]:
    asks = {"r": asking.reads, "w": asking.writes}
    return {letter for letter, ask in asks.items() if ask(visitor, doctype, doctype)}


def test_nothing_is_missing_from_the_table(site):
    """A record type, row type, protected field, role, stage, action or method that is new has to be listed."""
    modules = frappe.get_all("Module Def", filters={"app_name": "induction_app"}, pluck="name")
    doctypes = frappe.get_all("DocType", filters={"module": ("in", modules)}, fields=["name", "istable"])
    assert set(TABLE.records) == {row.name for row in doctypes if not row.istable}
    assert set(TABLE.parts) == {row.name for row in doctypes if row.istable}
    assert set(frappe.get_all("Induction Role", {"shipped_as": ("is", "set")}, pluck="shipped_as")) == set(
        ROLES.values()
    )
    protected = {
        (row.name, df.fieldname)
        for row in doctypes
        for df in frappe.get_meta(row.name).fields
        if df.permlevel
    }
    assert {(doctype, name) for doctype, rows in TABLE.fields.items() for name in rows} == protected


def test_every_part_is_listed_under_what_it_is_part_of(site):
    for part, parents in TABLE.parts.items():
        fields = frappe.get_all(
            "DocField", filters={"fieldtype": "Table", "options": part}, pluck="parent", order_by=None
        )
        assert set(fields) == set(parents)


def test_every_stage_action_and_method_is_listed(site):
    """The shipped workflows and the app's own methods, as they are installed, are those of the table."""
    found = set()
    for workflow in frappe.get_all("Workflow", filters={"is_active": 1}, fields=["name", "document_type"]):
        if workflow.document_type not in PATHS:
            continue
        doc = frappe.get_doc("Workflow", workflow.name)
        stages = {row.state: row.update_value for row in doc.states}
        found |= {(workflow.document_type, stages[row.state], row.action) for row in doc.transitions}
    assert set(TABLE.actions) == found
    stages = {(doctype, stage) for doctype, path in PATHS.items() for stage in path.stages}
    assert {key for key in TABLE.seen_by if key[0] in PATHS} == stages
    assert {*TABLE.methods, *TABLE.guests} == _offered_methods()


def _offered_methods() -> set[str]:
    """Every function of the app that can be called over HTTP, in whichever file it is."""
    for module in pkgutil.walk_packages(induction_app.__path__, "induction_app."):
        if ".patches." not in module.name:
            importlib.import_module(module.name)
    return {
        f"{function.__module__}.{function.__qualname__}"
        for function in frappe.whitelisted
        if function.__module__.startswith("induction_app.")
    }


@pytest.mark.parametrize("doctype", dict.fromkeys(doctype for doctype, _stage in TABLE.seen_by))
def test_stages(world, visitors, doctype):
    """One record at each stage: whose list shows it. Another case's are in nobody's."""
    parked = {
        name: stage for (kind, stage), name in world.own.parked.items() if (kind, stage) in _of(doctype)
    }
    differing = []
    for code in ROLES:
        case = world.foreign(code) if doctype != "QM Audit" else world.far
        foreign = [name for (kind, _stage), name in case.parked.items() if kind == doctype]
        shown = asking.listed(visitors[code], doctype, [*parked, *foreign])
        for name, stage in parked.items():
            if (name in shown) != (code in TABLE.seen_by[doctype, stage]):
                differing.append(f"{ROLES[code]} · {doctype} at {stage}: {name in shown}")
        if code != EVERYWHERE and (leaked := shown & set(foreign)):
            differing.append(f"{ROLES[code]} · {doctype}: sees {len(leaked)} of another case")
    assert not differing, "\n".join(differing)


def _of(doctype: str) -> set[tuple[str, str]]:
    return {key for key in TABLE.seen_by if key[0] == doctype}


@pytest.mark.parametrize("doctype", TABLE.data["stages"])
def test_actions(world, visitors, doctype):
    """Each action asked of everybody, on their own record and on a foreign one."""
    differing = []
    for (kind, stage, action), roles in TABLE.actions.items():
        if kind != doctype:
            continue
        own = world.own.parked[doctype, stage]
        written.made_ready(action, own)
        for code in sorted(ROLES, key=lambda code: code in roles):  # refusals first: they leave it as it was
            values = written.on_the_way(world.own, action)
            allowed = asking.acts(visitors[code], doctype, own, action, values)
            if code in roles:
                case = world.far if doctype == "QM Audit" else world.foreign(code)
                foreign = asking.acts(visitors[code], doctype, case.parked[doctype, stage], action, values)
                if foreign.status_code not in (403, 404):
                    differing.append(
                        f"{ROLES[code]} · {action} on a foreign {doctype}: {foreign.status_code}"
                    )
                if allowed.status_code != 200:
                    differing.append(
                        f"{ROLES[code]} · {doctype} at {stage} · {action}: {allowed.status_code}, "
                        f"should go through: {words(allowed)[:200]}"
                    )
                written.put_back(world.own, doctype, own, stage)
            elif allowed.status_code not in (403, 404):
                differing.append(
                    f"{ROLES[code]} · {doctype} at {stage} · {action}: {allowed.status_code}, should be refused"
                )
    assert not differing, "\n".join(differing)


def test_levels_of_fields(site):
    """Every protected field has a level whose readers and writers are those of the table."""
    differing = []
    for doctype, rows in TABLE.fields.items():
        meta = frappe.get_meta(doctype)
        for name, cells in rows.items():
            df = meta.get_field(name)
            for code, may in cells.items():
                rights = [p for p in meta.permissions if (p.role, p.permlevel) == (ROLES[code], df.permlevel)]
                has = {"r"} if any(p.read for p in rights) else set()
                has |= {"w"} if any(p.write for p in rights) and not df.read_only else set()
                if has != may:
                    differing.append(f"{ROLES[code]} · {doctype}.{name}: {has}, should be {may}")
    assert not differing, "\n".join(differing)


def test_fields(world, visitors):
    """What protected fields of an ECT are shown to whom, and whose change of them is kept."""
    differing = []
    ect = world.own.parked["ECT", "returned"]  # a stage in which the school and the body both may write
    for code in ROLES:
        may = {name: TABLE.fields["ECT"][name][code] for name in written.FIELDS}
        readable = "r" in TABLE.records["ECT"][code]
        shown = visitors[code].read("ECT", ect) if readable else {}
        for name, (before, after) in written.FIELDS.items():
            if (str(shown.get(name)) == str(before)) != ("r" in may[name]):
                differing.append(f"{ROLES[code]} · reads {name}: {shown.get(name)}")
            visitors[code].ask("PUT", f"/api/resource/ECT/{ect}", json={name: after})
        frappe.db.rollback()  # a fresh view of what the server wrote
        stored = frappe.db.get_value("ECT", ect, list(written.FIELDS), as_dict=True)
        for name, (before, after) in written.FIELDS.items():
            if str(stored[name]) != str(after if "w" in may[name] else before):
                differing.append(f"{ROLES[code]} · writes {name}: {stored[name]}")
        befores = {name: before for name, (before, _after) in written.FIELDS.items()}
        frappe.db.set_value("ECT", ect, befores)
        frappe.db.commit()
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("method", TABLE.methods)
def test_methods(world, visitors, method):
    """Each method of the app, asked about one's own record and about a foreign one."""
    differing = []
    for code in ROLES:
        should = (TABLE.methods[method] or {}).get(code, True)
        for case, whose in ((world.own, "own"), (world.foreign(code), "foreign")):
            call = calls.CALLS[method]
            if whose == "foreign" and (TABLE.methods[method] is None or not should):
                continue
            if call.of_a_place and whose == "foreign":
                case = world.far
            call.prepare(case)
            may = asking.granted(call.ask(visitors[code], case, code))
            due = should and (whose == "own" or code == EVERYWHERE)
            if may != due:
                differing.append(f"{ROLES[code]} · {method} on their {whose} record: {may}")
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("part", TABLE.parts)
def test_rows_are_seen_with_their_record_alone(world, visitors, part):
    """Rows of a foreign record are in no list, whichever record type the asker says they are part of."""
    far = {name for (_doctype, _stage), name in world.far.parked.items()}
    for code in ROLES:
        if code == EVERYWHERE:
            continue
        for parent in TABLE.parts[part]:
            asked = {"parent": parent, "fields": '["parent"]', "limit_page_length": 0}
            answer = visitors[code].ask("GET", f"/api/resource/{part}", params=asked)
            if asking.granted(answer):
                assert not {row["parent"] for row in answer.json()["data"]} & far, (code, parent)
            assert not asking.granted(visitors[code].ask("GET", f"/api/resource/{part}"))
