"""Your account: sessions, password, details."""

import frappe


def test_sign_out_of_one_other_device(people, visit, screen):
    ann = people.add("Ann", "Bell")
    here, there = visit(ann, screen), visit(ann)
    there.go("/your-account")
    here.go("/your-account")
    here.check("your-account-two-devices")
    here.page.locator("main").get_by_role("button", name="Sign out Chrome on Linux").click()
    assert "That device is signed out" in here.main()
    there.go("/your-account")
    assert there.heading() == "Sign in"
    here.go("/your-account")
    assert here.heading() == "Your account"


def test_sign_out_everywhere_else(people, visit):
    ann = people.add("Ann", "Bell")
    here, others = visit(ann), [visit(ann), visit(ann)]
    here.go("/your-account")
    here.button("Sign out everywhere else")
    assert "You are signed out everywhere else" in here.main()
    for other in others:
        other.go("/your-account")
        assert other.heading() == "Sign in"


def test_nobody_ends_another_persons_session(people, visit):
    ann, ben = people.add("Ann", "Bell"), people.add("Ben", "Cole")
    hers, his = visit(ann), visit(ben)
    visit(ann)
    hers.go("/your-account")
    handle = hers.page.locator("input[name=handle]").first.get_attribute("value")
    visit(ben)
    his.go("/your-account")
    his.page.evaluate("handle => document.querySelector('input[name=handle]').value = handle", handle)
    his.page.locator("main").get_by_role("button", name="Sign out Chrome on Linux").click()
    hers.page.reload()
    assert hers.page.locator(f"input[value='{handle}']").count() == 1


def test_change_password(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor, elsewhere = visit(ann, screen), visit(ann)
    visitor.go("/your-account")
    visitor.page.get_by_role("link", name="Change your password").click()
    visitor.check("change-password")

    def fill(old: str, new: str, again: str) -> None:
        visitor.page.get_by_label("Your present password").fill(old)
        visitor.page.get_by_label("New password", exact=True).fill(new)
        visitor.page.get_by_label("New password again").fill(again)
        visitor.button("Save the password")

    fill("not the password", "marble kettle orchard nine", "marble kettle orchard nine")
    assert "This is not your present password" in visitor.main()
    fill(ann.password, "marble kettle orchard nine", "marble kettle orchard ten")
    assert "The two passwords are not the same" in visitor.main()
    fill(ann.password, "marble kettle orchard nine", "marble kettle orchard nine")
    assert "Your password is changed" in visitor.main()
    elsewhere.go("/your-account")
    assert elsewhere.heading() == "Sign in"
    elsewhere.sign_in_by_page(ann.email, "marble kettle orchard nine")


def test_your_details(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, screen)
    visitor.go("/your-details")
    visitor.check("your-details")
    visitor.page.get_by_label("Last name").fill("")
    visitor.button("Save")
    assert "Enter your last name" in visitor.main()
    visitor.page.get_by_label("Last name").fill("O'Hara <b>& Sons</b>")
    visitor.button("Save")
    assert "Your details are saved" in visitor.main()
    frappe.db.rollback()
    assert "O'Hara" in frappe.db.get_value("User", ann.email, "last_name")
    assert visitor.page.locator("main b").count() == 0
