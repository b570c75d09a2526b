from frappe.model.document import Document


class TeachersStandard(Document):
    pass
