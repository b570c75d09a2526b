from frappe.model.document import Document


class ObservedStandard(Document):
    pass
