from frappe.model.document import Document


class StandardProgress(Document):
    pass
