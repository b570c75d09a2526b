"""The sentence for each reason for which a statutory rule refuses: it names the field and what to do."""

import frappe
from frappe import _

from induction_app.statutory import Answer

REASONS = {
    "no_qts": "QTS awarded on: the ECT has no qualified teacher status yet (paragraph 2.10).",
    "before_qts": "Induction starts on: this is before qualified teacher status was awarded (paragraph 2.10).",
    "no_appropriate_body": "Appropriate body: agree one before induction starts (paragraph 2.23).",
    "not_registered": "Induction starts on: registration comes before the start; choose a later day (paragraph 2.11).",
    "exempt": "Exempt from induction: an exempt teacher is not registered (paragraph 1.12).",
    "failed_before": "Has failed induction before: induction cannot be repeated (paragraph 1.13).",
    "special_measures": "School: it is in special measures and cannot host this induction (paragraph 2.4).",
    "inadequate": "School: it is judged inadequate and cannot host this induction (paragraph 2.4).",
    "recommended_qts": "Appropriate body: it recommended the award of QTS (paragraph 2.25).",
    "employs_ect": "Appropriate body: it employs the ECT (paragraph 2.25).",
    "ect_served_here": "Appropriate body: the ECT has served induction at its school (paragraph 2.25).",
    "local_authority_closed": "Appropriate body: local authorities no longer act for new inductions (paragraph 2.24).",
    "ect_disagrees": "The ECT agrees to the reduction: without agreement it is not made (paragraph 3.3).",
    "head_not_consulted": "The headteacher was consulted on the reduction: do that first (paragraph 3.5).",
    "below_one_term": "Reduced to, in terms: one term is the least (paragraph 3.2).",
    "too_early": "Reduced to, in terms: a part-time ECT first serves a period covering two years (paragraph 3.5).",
    "standards_not_met": "The Teachers' Standards are met: needed for this reduction (paragraph 3.5).",
}


def refuse_for(answer: Answer) -> None:
    """Throw one sentence for each reason for which a rule says no. Nothing where it says yes."""
    if answer.value["may"]:
        return
    frappe.throw("<br>".join(_(REASONS.get(code, code)) for code in answer.value["reasons"]))
