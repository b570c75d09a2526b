"""What of one ECT lies in the same days: asked so that of two who write at once one sees the other."""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate


def others_at_the_same_time(doc: Document) -> list[frappe._dict]:
    """The other records of this type and ECT whose days meet this one's, the one that is open first.

    The ECT's row is locked first, so that writers follow each other. What they wrote is then read with a lock
    as well: an ordinary reading would show the database as it was when this transaction began.
    """
    frappe.db.get_value("ECT", doc.ect, "name", for_update=True)
    table = frappe.qb.DocType(doc.doctype)
    rows = (
        frappe.qb.from_(table)
        .select(table.name, table.starts_on, table.ends_on)
        .where(table.ect == doc.ect)
        .for_update()
        .run(as_dict=True)
    )
    found = [row for row in rows if row.name != doc.name and _meet(row, doc)]
    return sorted(found, key=lambda row: row.ends_on is not None)


def _meet(row: frappe._dict, doc: Document) -> bool:
    begins_before = not doc.ends_on or row.starts_on <= getdate(doc.ends_on)
    return begins_before and (not row.ends_on or row.ends_on >= getdate(doc.starts_on))
