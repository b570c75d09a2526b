"""A cohort to try the app with: invented people and cases in schools of the register's public sample.

Everything is made by the people it is about, on the days it would have happened, through the same services
that pages and the API use. The cohort is counted back from today, so that there is always something due.
"""

import secrets


def load(password: str | None = None) -> dict:
    """Make the demonstration on a site that does not have it yet: all of it or nothing.

    Everybody signs in with `password`, which is drawn when none is given. Returns it with the people, for
    whoever is to be told. Where the demonstration is there already nothing is changed, and the password is None.
    """
    import frappe  # what is written is read without a site, too

    from induction_app.demo import cohort, places
    from induction_app.demo.writing import data
    from induction_app.induction_case.clocks import run_daily

    if frappe.db.exists("Appropriate Body", data("places")["bodies"][0]["ab_name"]):
        return {"password": None, "people": [*places.people(), *cohort.people()]}
    password = password or secrets.token_urlsafe(12)
    with cohort.without_mails():
        places.make(password)
        cohort.make(password)
    frappe.db.commit()
    run_daily()
    return {"password": password, "people": [*places.people(), *cohort.people()]}
