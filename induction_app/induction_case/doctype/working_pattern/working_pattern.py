from induction_app.access.parts import Part


class WorkingPattern(Part):
    pass
