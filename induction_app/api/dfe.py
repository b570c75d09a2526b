"""The Department for Education's bulk files, over HTTP. The services check who asks: officers of the body."""

import frappe
from frappe import _

from induction_app.dfe import returns


@frappe.whitelist(methods=["POST"])
def bulk_files(appropriate_body: str, kind: str) -> dict:
    """The files of a body (`claims` or `outcomes`) with their text, and the rows left out with reasons."""
    return returns.prepare(returns.kind_named(kind), appropriate_body).as_dict()


@frappe.whitelist(methods=["POST"])
def download_bulk_file(appropriate_body: str, kind: str, number: int = 1) -> None:
    """One of the files, ready to upload; `number` counts from 1 where there are several."""
    files = returns.prepare(returns.kind_named(kind), appropriate_body).files
    if not 1 <= number <= len(files):
        frappe.throw(_("There are {0} files to download; there is no number {1}.").format(len(files), number))
    _attach(files[number - 1].name, files[number - 1].content)


@frappe.whitelist(methods=["POST"])
def download_refused_rows(appropriate_body: str, kind: str) -> None:
    """The rows the DfE would refuse, in its own form: with the column Error message at the end."""
    prepared = returns.prepare(returns.kind_named(kind), appropriate_body)
    _attach(f"dfe-{prepared.kind.name}-errors.csv", prepared.errors_csv())


@frappe.whitelist(methods=["POST"])
def confirm_reported(appropriate_body: str, kind: str, periods: list[str] | str) -> dict:
    """An officer confirms that these induction periods were uploaded to the DfE."""
    try:
        names = frappe.parse_json(periods) if isinstance(periods, str) else periods
    except ValueError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        frappe.throw(_("Induction periods: give them as a list of names."))
    return {"reported": returns.mark_reported(returns.kind_named(kind), appropriate_body, names)}


def _attach(name: str, content: str) -> None:
    frappe.response.filename = name
    frappe.response.filecontent = content.encode()
    frappe.response.type = "download"
