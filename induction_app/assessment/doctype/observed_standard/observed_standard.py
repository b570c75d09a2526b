from induction_app.access.parts import Part


class ObservedStandard(Part):
    pass
