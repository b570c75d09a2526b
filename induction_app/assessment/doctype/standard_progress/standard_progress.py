from induction_app.access.parts import Part


class StandardProgress(Part):
    pass
