from induction_app.access.parts import Part


class ActionPlanTarget(Part):
    pass
