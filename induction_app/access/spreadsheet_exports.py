"""What the framework exports for spreadsheets: text that people wrote is never taken for a formula."""

import csv
import io
from typing import Any

import frappe
from werkzeug.wrappers import Request, Response


def after_request(response: Response | None = None, request: Request | None = None) -> None:
    """Put a mark before each cell of an export of the framework's that a spreadsheet would work out."""
    if response is None or request is None or not _asks_the_framework(request):
        return
    name = response.headers.get("Content-Disposition", "").lower()
    if ".csv" in name:
        response.set_data(_harmless_csv(response.get_data()))
    elif ".xlsx" in name:
        response.set_data(_harmless_xlsx(response.get_data()))


def _asks_the_framework(request: Request) -> bool:
    """Our own files are made harmless where they are made, and the DfE's have to be as it wants them."""
    return "/method/frappe." in request.path or str(frappe.form_dict.get("cmd")).startswith("frappe.")


def _harmless_csv(content: bytes) -> bytes:
    delimiter = str(frappe.form_dict.get("csv_delimiter") or ",")[0]
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    made_harmless = [[_harmless(cell) for cell in row] for row in rows]
    if rows == made_harmless:
        return content
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(made_harmless)
    return out.getvalue().encode()


def _harmless_xlsx(content: bytes) -> bytes:
    from openpyxl import load_workbook

    workbook, changed = load_workbook(io.BytesIO(content)), False
    for sheet in workbook:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            cell.value, changed = f"'{cell.value}", True
    if not changed:
        return content
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _harmless(cell: Any) -> str:
    from induction_app.pages.list_files import harmless  # it brings the typesetter along

    try:
        float(cell)
    except ValueError:
        return harmless(cell)
    return cell
