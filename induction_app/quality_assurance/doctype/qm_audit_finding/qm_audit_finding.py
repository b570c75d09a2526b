from induction_app.access.parts import Part


class QMAuditFinding(Part):
    pass
