"""The questions of a record as a task list: what has been answered and what has not."""

from typing import TYPE_CHECKING, Any

from frappe import _

if TYPE_CHECKING:
    from induction_app.pages.records.on_page import OnPage
    from induction_app.pages.records.steps import Step


def task_groups(on_page: "OnPage") -> list[dict[str, Any]]:
    """The questions in their groups, each with its address and whether it has been answered."""
    groups: list[dict[str, Any]] = []
    for step in on_page.steps:
        if not groups or (step.group and step.group != groups[-1]["heading"]):
            groups.append({"heading": step.group, "optional": step.optional, "tasks": []})
        groups[-1]["tasks"].append(_task(on_page, step))
    return groups


def _task(on_page: "OnPage", step: "Step") -> dict[str, Any]:
    task = {"text": step.title, "href": on_page.address("write", step.slug)}
    if step.answered(on_page.doc):
        return {**task, "status": _("Completed")}
    if step.optional:
        return {**task, "status": _("Optional"), "mood": "waiting"}
    return {**task, "status": _("Not started"), "mood": "going"}


def unanswered(on_page: "OnPage") -> list["Step"]:
    """The questions that have to be answered and have not been."""
    return [step for step in on_page.steps if not step.optional and not step.answered(on_page.doc)]


def after(on_page: "OnPage", step: "Step") -> "Step | None":
    """The question that follows: an optional group is only walked through once somebody is in it."""
    steps = on_page.steps
    slugs = [each.slug for each in steps]
    rest = steps[slugs.index(step.slug) + 1 :] if step.slug in slugs else []
    here = _group(steps, step)
    return next((each for each in rest if not each.optional or _group(steps, each) == here), None)


def _group(steps: list["Step"], step: "Step") -> str:
    """The heading a question stands under: its own, or that of the questions before it."""
    group = ""
    for each in steps:
        group = each.group or group
        if each.slug == step.slug:
            return group
    return group
