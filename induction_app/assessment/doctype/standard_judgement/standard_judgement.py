from frappe.model.document import Document


class StandardJudgement(Document):
    pass
