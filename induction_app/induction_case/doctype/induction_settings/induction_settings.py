from frappe.model.document import Document


class InductionSettings(Document):
    pass
