from induction_app.access.parts import Part


class StandardJudgement(Part):
    pass
