from frappe.model.document import Document


class DevelopmentTarget(Document):
    pass
