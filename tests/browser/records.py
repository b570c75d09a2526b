"""Cases for the browser tests of records: made through the services, committed, opened by their people."""

from collections.abc import Callable

import frappe

from tests import factory
from tests.browser.chromium import Visitor
from tests.browser.people import Person


def account(user: str) -> Person:
    """A person the factory made, as one who can sign in."""
    return Person(user, factory.PASSWORD, frappe.utils.get_fullname(user), one_session=True)


def commit() -> None:
    """Let the web server see what was made."""
    frappe.db.commit()


def fresh(doctype: str, name: str, *fields: str):
    """What the web server has saved of a record."""
    frappe.db.rollback()
    if not fields:
        return frappe.get_doc(doctype, name)
    return frappe.db.get_value(
        doctype, name, fields if len(fields) > 1 else fields[0], as_dict=len(fields) > 1
    )


def by_keyboard(visitor: Visitor, name: str, role: str = "button") -> None:
    """Reach a control with the Tab key alone, see that it has the focus, and use it."""
    press_until(visitor, lambda: _focused(visitor) == (role, name))
    assert _focus_is_seen(visitor), f"nothing on the page shows that {name} has the focus"
    if role not in ("textarea", "email", "password", "text"):  # those are typed into
        visitor.page.keyboard.press("Enter" if role in ("button", "link") else "Space")
    visitor.page.wait_for_load_state()


def press_until(visitor: Visitor, reached: Callable[[], bool], most: int = 120) -> None:
    """Press Tab until the focus is where it should be."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        if reached():
            return
    raise AssertionError("The Tab key does not lead there")


def _focused(visitor: Visitor) -> tuple[str, str]:
    """Role and name of what has the focus, for the few kinds of control there are."""
    return tuple(
        visitor.page.evaluate(
            """() => {
                const at = document.activeElement;
                const roles = {A: "link", BUTTON: "button", TEXTAREA: "textarea"};
                const role = at.tagName === "INPUT" ? at.type : roles[at.tagName] || "";
                if (at.getAttribute("role") === "button") return ["button", at.innerText.trim()];
                const text = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
                return [role, (text || "").trim()];
            }"""
        )
    )


def _focus_is_seen(visitor: Visitor) -> bool:
    """Whether the control with the focus, or the mark of its label, is drawn with an outline or a shadow."""
    return visitor.page.evaluate(
        """() => {
            const at = document.activeElement;
            const marks = [...(at.labels || [])].map((label) => getComputedStyle(label, "::before"));
            return at.matches(":focus-visible") && [getComputedStyle(at), ...marks].some((style) =>
                style.boxShadow !== "none"
                || (parseFloat(style.outlineWidth) > 0 && !["none", "hidden"].includes(style.outlineStyle)
                    && style.outlineColor !== "rgba(0, 0, 0, 0)"));
        }"""
    )
