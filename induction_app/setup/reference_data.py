"""Records every site starts with: the Teachers' Standards and the settings."""

import frappe

from induction_app.setup.once import shipped

# Headings of the Teachers' Standards, the headings of every assessment.
STANDARDS = (
    ("1", "High expectations which inspire, motivate and challenge pupils", "One"),
    ("2", "Good progress and outcomes by pupils", "One"),
    ("3", "Good subject and curriculum knowledge", "One"),
    ("4", "Well-structured lessons", "One"),
    ("5", "Teaching adapted to the strengths and needs of all pupils", "One"),
    ("6", "Accurate and productive use of assessment", "One"),
    ("7", "Behaviour managed for a good and safe learning environment", "One"),
    ("8", "Wider professional responsibilities", "One"),
    ("P2", "Personal and professional conduct", "Two"),
)
APPEALS_BODY_ADDRESS = "Teaching Regulation Agency\nRuskin Square\n17 Lansdowne Road\nCroydon\nCR0 2YF"


def ship_standards() -> None:
    """Add the headings that no earlier version has brought."""
    with shipped() as known:
        for position, (code, title, part) in enumerate(STANDARDS, start=1):
            if f"standard {code}" not in known and not frappe.db.exists("Teachers Standard", code):
                frappe.get_doc(
                    {
                        "doctype": "Teachers Standard",
                        "code": code,
                        "title": title,
                        "part": part,
                        "position": position,
                    }
                ).insert(ignore_permissions=True)  # installing
            known.add(f"standard {code}")


def ship_settings() -> None:
    """Fill settings that nobody has set, once, and close the framework's doors round row access."""
    settings = frappe.get_single("Induction Settings")
    with shipped() as known:
        if "appeals body" not in known and not settings.appeals_body_address:
            settings.appeals_body_name = settings.appeals_body_name or "Teaching Regulation Agency"
            settings.appeals_body_address = APPEALS_BODY_ADDRESS
            # An upgrade does not stop at what was set before it was checked.
            settings.flags.ignore_validate = True
            settings.save(ignore_permissions=True)  # installing
        known.add("appeals body")
    # A shared record would be read past the row rules, so sharing is off.
    if frappe.get_meta("System Settings").has_field("disable_document_sharing"):
        frappe.db.set_single_value("System Settings", "disable_document_sharing", 1)
