"""Ways of the framework to a record that do not ask who is reading, closed."""

import frappe
from frappe.desk import like, search

# These put the whole of a linked record, with every field, in place of its name.
_EXPANDING = ("expand", "expand_links")


def before_request() -> None:
    """Linked records are read by themselves, each with the reader's own rights."""
    for name in _EXPANDING:
        frappe.form_dict.pop(name, None)


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
    """In place of the framework's: the title of a linked record, to those who can find the record in a list."""
    try:
        found = frappe.get_list(doctype, filters={"name": docname}, pluck="name", limit_page_length=1)
    except frappe.PermissionError:
        frappe.clear_messages()
        return None
    return search.get_link_title(doctype, docname) if found else None


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list[dict]:
    """In place of the framework's: the people who can be named in a comment are those one can find."""
    try:
        known = set(frappe.get_list("User", pluck="name", limit_page_length=0))
    except frappe.PermissionError:
        frappe.clear_messages()
        return []
    return [row for row in search.get_names_for_mentions(search_term) if row.get("id") in known]


@frappe.whitelist(methods=["POST", "PUT"])
def toggle_like(doctype: str, name: str, add: bool | str = False) -> None:
    """In place of the framework's: a record is liked by people who may read it."""
    frappe.get_doc(doctype, name).check_permission("read")
    like.toggle_like(doctype, name, add)
