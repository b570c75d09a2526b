"""Computed figures of many records in one statement, for jobs whose queries may not grow with the records.

Only for fields the service works out itself: nothing is validated, and the time of change stays, so that a
person who has the record open is not told that somebody changed it.
"""

from collections import defaultdict
from collections.abc import Mapping

import frappe
from pypika import Case


def write_many(doctype: str, values: Mapping[str, Mapping[str, object]]) -> None:
    """Set fields of many records; `values` gives each record's fields. One statement for each set of fields."""
    by_fields = defaultdict(dict)
    for name, fields in values.items():
        by_fields[tuple(sorted(fields))][name] = fields
    table = frappe.qb.DocType(doctype)
    for fields, records in by_fields.items():
        query = frappe.qb.update(table).where(table.name.isin(list(records)))
        for field in fields:
            chosen = Case()
            for name, record in records.items():
                chosen = chosen.when(table.name == name, record[field])
            query = query.set(table[field], chosen.else_(table[field]))
        query.run()
    for name in values:
        frappe.clear_document_cache(doctype, name)
