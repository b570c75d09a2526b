"""The access table, asked line by line over HTTP."""

from __future__ import annotations

import frappe
import pytest

from induction_app.documents.render import PAPERS
from tests.app.access import asking, written
from tests.app.access.table import LETTERS, TABLE
from tests.app.access.world import ROLES

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
        may = in_lists[foreign] | _one_by_one(whose, visitor, doctype, foreign, should | {"r"}, set())
        found.append(("another's", may, _of_foreign(doctype, code, should)))
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
