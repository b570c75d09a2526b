"""The questions that more than one sign-in page asks."""

from frappe import _

from induction_app.page_kit.fields import Field, Password


def new_password_questions() -> list[Field]:
    """A new password, twice."""
    return [
        Password(
            "password",
            _("New password"),
            hint=_("Three or four random words make a good one. A shorter one needs numbers or symbols too."),
            required=_("Enter a new password"),
            autocomplete="new-password",
        ),
        Password(
            "password_again",
            _("New password again"),
            required=_("Enter the new password again"),
            autocomplete="new-password",
        ),
    ]
