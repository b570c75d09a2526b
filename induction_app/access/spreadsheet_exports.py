"""What the framework exports for spreadsheets: text that people wrote is never taken for a formula."""

import csv
import io
from typing import Any

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

from induction_app.spreadsheets import harmless

# The reader's own limit is for rows of a table. A long answer of somebody's is longer.
csv.field_size_limit(2**31 - 1)


def after_request(response: Response | None = None, request: Request | None = None) -> None:
    """Put a mark before each cell of an export of the framework's that a spreadsheet would work out.

    An export that cannot be looked through does not go out.
    """
    if response is None or request is None or not _is_export(request):
        return
    name = response.headers.get("Content-Disposition", "").lower()
    make_harmless = _harmless_csv if ".csv" in name else _harmless_xlsx if ".xlsx" in name else None
    if not make_harmless:
        return
    try:
        response.set_data(make_harmless(response.get_data()))
    except Exception:  # the framework would send the file as it is
        frappe.logger().error("An export could not be looked through", exc_info=True)
        del response.headers["Content-Disposition"]
        response.status_code, response.content_type = 500, "text/plain; charset=utf-8"
        response.set_data(
            _("The file could not be made. Choose fewer columns or rows, or another kind of file.")
        )


def _is_export(request: Request) -> bool:
    """Whether the framework made the file of records. Our own files are made harmless where they are made, the
    DfE's have to be as it wants them, and a file that somebody has put here goes out as it came."""
    asked = str(frappe.form_dict.get("cmd") or request.path.partition("/method/")[2]).rstrip("/")
    return asked.startswith("frappe.") and not asked.endswith(".download_file")


def _harmless_csv(content: bytes) -> bytes:
    delimiter = str(frappe.form_dict.get("csv_delimiter") or ",")[0]
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    made_harmless = [[_unless_number(cell) for cell in row] for row in rows]
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


def _unless_number(cell: Any) -> str:
    try:
        float(cell)
    except ValueError:
        return harmless(cell)
    return cell
