"""The links that let people in, under either of the names the framework has given its method."""

import frappe
import pytest
from frappe.core.doctype.user.user import User

from tests import factory


@pytest.mark.parametrize("name", ["reset_password", "_reset_password"])
def test_a_link_is_made_whatever_the_framework_calls_its_method(site, monkeypatch, name):
    from induction_app.organisations import accounts
    from induction_app.page_kit.sign_in.passwords import password_link

    own = "reset_password" if hasattr(User, "reset_password") else "_reset_password"
    method = getattr(User, own)
    monkeypatch.delattr(User, own)
    monkeypatch.setattr(User, name, method, raising=False)
    user = frappe.get_doc("User", factory.person("Ida"))
    accounts.invite(user, "Mentor", "Oak School")
    link = password_link(user, password_expired=True)
    assert "/update-password?key=" in link and link.endswith("&password_expired=true")
    mails = frappe.get_all("Email Queue Recipient", {"recipient": user.name}, pluck="parent")
    assert len(mails) == 1
