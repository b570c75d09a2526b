"""A list as a file to take away: a CSV for spreadsheets, or a PDF to print. Each leaves an Access Log."""

import csv
import io
import json
from typing import Any

import frappe
from frappe import _

from induction_app.clock import today
from induction_app.documents import typeset
from induction_app.page_kit import Download, Table
from induction_app.pages.cases import names_of
from induction_app.spreadsheets import harmless

#: Rows in one file: a printed list of thousands helps nobody.
MOST = {"csv": 100_000, "pdf": 500}


def download(doctype: str, table: Table, narrowed: list[tuple[str, str]]) -> Download:
    """The rows of a filled table as the kind of file asked for. `narrowed` says in words what they are of."""
    content = _csv(table) if table.export == "csv" else _pdf(table, narrowed)
    _log(doctype, table)
    name = f"{frappe.scrub(table.caption).replace('_', '-')}-{today().isoformat()}.{table.export}"
    kind = "text/csv; charset=utf-8" if table.export == "csv" else "application/pdf"
    return Download(name, content, kind)


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(str(column.heading)) for column in table.columns])
    for row in table.rows:
        writer.writerow([harmless(_plain(row.get(column.name))) for column in table.columns])
    return out.getvalue().encode("utf-8-sig")  # the mark lets spreadsheets read accents


def _plain(value: Any) -> str:
    """A value for a spreadsheet: dates as 2025-09-01, which sort and compute."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _pdf(table: Table, narrowed: list[tuple[str, str]]) -> bytes:
    shown = len(table.rows)
    whole = f"{table.total:,}"
    part = _("The first {0} of {1}; narrow the list to print the others").format(shown, f"{table.total:,}")
    facts = [*narrowed, (_("Rows"), whole if shown == table.total else part)]
    data = {
        "document": {
            "title": str(table.caption),
            "heading": str(table.caption),
            "about": "; ".join(f"{label}: {value}" for label, value in narrowed)
            or _("Everything you may read"),
            "detail": "",
            "description": str(table.caption),
            "body": "",
            "reference": "",
            "confidential": True,
            "printed_on": today(),
            "printed_for": names_of(frappe.session.user).get(frappe.session.user, ""),
        },
        "facts": facts,
        "headings": [str(column.heading) for column in table.columns],
        "rows": [[str(table.cell(row, column)) for column in table.columns] for row in table.rows],
    }
    return typeset.pdf(typeset.html("list.html", data, translate=_))


def _log(doctype: str, table: Table) -> None:
    """Keep who took which list away: ECTs are told who had access to their records (2.79)."""
    frappe.get_doc(
        {
            "doctype": "Access Log",
            "user": frappe.session.user,
            "export_from": doctype,
            "file_type": table.export.upper(),
            "method": "List",
            "filters": json.dumps({**table.chosen, "rows": len(table.rows)}),
        }
    ).insert(ignore_permissions=True)  # people may not write logs themselves
    frappe.db.commit()  # a GET is not committed by the framework
