from frappe.model.document import Document


class WorkingPattern(Document):
    pass
