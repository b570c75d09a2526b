"""Run by the framework after the app is installed and after each migration.

Everything here is done again without harm: what an administrator has changed stays as it is.
"""

from induction_app.organisations.academic_calendar import install_default_terms
from induction_app.setup import access, mail, reference_data, workflows
from induction_app.setup.sign_in_defaults import set_defaults


def after_install() -> None:
    """Create what the app needs to work."""
    set_defaults()
    _bring_up_to_date()


def after_migrate() -> None:
    """Add what is new in this version; leave what an administrator has changed."""
    _bring_up_to_date()


def _bring_up_to_date() -> None:
    access.ship_roles()
    access.follow_renamed_roles()
    access.open_framework_records()
    access.keep_sign_ins_private()
    reference_data.ship_standards()
    reference_data.ship_settings()
    install_default_terms()
    workflows.ship_workflows()
    mail.ship_mail()
