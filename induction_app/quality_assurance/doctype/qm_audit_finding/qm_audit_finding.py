from frappe.model.document import Document


class QMAuditFinding(Document):
    pass
