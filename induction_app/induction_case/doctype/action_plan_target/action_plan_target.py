from frappe.model.document import Document


class ActionPlanTarget(Document):
    pass
