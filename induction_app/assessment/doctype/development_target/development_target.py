from induction_app.access.parts import Part


class DevelopmentTarget(Part):
    pass
