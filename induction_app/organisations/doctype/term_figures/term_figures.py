from frappe.model.document import Document


class TermFigures(Document):
    """What was counted of a school's induction when a term was over (2.80). Numbers alone, and nobody reads them raw.

    The governors' report is made of them and hides the small ones; counted once, they never change.
    """
