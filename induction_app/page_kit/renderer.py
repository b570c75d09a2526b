"""One request to a page of the app, from address to response. Named as `page_renderer` in hooks.py."""

import importlib.util
import re
from functools import lru_cache
from typing import Any

import frappe
from frappe import _
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.wrappers import Response

from induction_app.page_kit import conflict, errors, headers, once, surroundings
from induction_app.page_kit.environment import render
from induction_app.page_kit.form import Form
from induction_app.page_kit.guard import is_from_our_page
from induction_app.page_kit.page import Download, Page, Redirect, sign_in_address
from induction_app.page_kit.problems import Problem, problems_from

#: What the browser is told about a form that has to be put right.
NOT_ACCEPTED = 422


class PageRenderer(BaseRenderer):
    """Answers for every route of `www/` whose module has a subclass of Page."""

    def can_render(self) -> bool:
        return page_class(self.path) is not None

    def render(self) -> Response:
        try:
            page = page_class(self.path)()
            if frappe.session.user == "Guest" and not page.guests:
                return self._sign_in_first()
            return self._post(page) if frappe.request.method == "POST" else self._get(page)
        except frappe.Redirect:
            raise
        except Exception as error:
            frappe.db.rollback()
            return headers.protect(errors.response_for(error))

    def _get(self, page: Page) -> Response:
        page.load()
        form = page.form()
        return self._answer(page, form, page.get())

    def _post(self, page: Page) -> Response:
        if not is_from_our_page():
            return headers.protect(errors.out_of_date())
        page.load()
        form = page.form() or Form()
        good = form.read(frappe.request.form, frappe.request.files)
        if frappe.get_request_header("X-Induction-Autosave"):
            return self._autosave(page, form)
        if not good:
            return self._show_again(page, form)
        return self._act_once(page, form)

    def _act_once(self, page: Page, form: Form) -> Response:
        token, digest = page.posted.get("submit_token"), f"{form.digest()} {page.action}"
        if not once.is_token(token):
            return headers.protect(errors.out_of_date())
        if earlier := once.claim(token, digest):
            return self._already_sent(page, form, earlier, digest)
        try:
            answer = page.post(form)
        except frappe.DoesNotExistError:
            raise
        except frappe.TimestampMismatchError:
            frappe.db.rollback()
            frappe.clear_messages()
            if form.record is None:
                raise
            conflict.resolve(form)
            return self._show_again(page, form)
        except (Problem, frappe.ValidationError, frappe.DuplicateEntryError) as error:
            frappe.db.rollback()
            form.refuse(problems_from(error, form.labels))
            return self._show_again(page, form)
        if isinstance(answer, Redirect):
            once.finish(token, digest, answer.location)
            surroundings.keep_for_next_page(answer.done, token)
        else:
            once.release(token)
        return self._answer(page, form, answer)

    def _already_sent(self, page: Page, form: Form, earlier: once.Earlier, digest: str) -> Response:
        if not earlier.finished:
            form.refuse(
                [Problem(_("This is still being saved. Wait a minute, then check before sending again."))]
            )
            return self._show_again(page, form)
        if earlier.digest == digest:
            return self._redirect(Redirect(earlier.location))
        form.refuse(
            [
                Problem(
                    _(
                        "You have already sent this form once. To send it again with your changes, press the "
                        "button again."
                    )
                )
            ]
        )
        return self._show_again(page, form)

    def _show_again(self, page: Page, form: Form) -> Response:
        return self._answer(page, form, page.get(), NOT_ACCEPTED)

    def _autosave(self, page: Page, form: Form) -> Response:
        """For the page's script: JSON instead of a page, and no one-time token."""
        try:
            page.autosave(form)
            said, status = {"modified": str(form.record.modified) if form.record else ""}, 200
        except frappe.TimestampMismatchError:
            frappe.db.rollback()
            said, status = (
                {"error": _("Someone else has changed this. Send the form to see what changed.")},
                409,
            )
        except (Problem, frappe.ValidationError) as error:
            frappe.db.rollback()
            said, status = {"error": problems_from(error, form.labels)[0].message}, NOT_ACCEPTED
        response = Response(frappe.as_json(said), status=status, content_type="application/json")
        return headers.protect(response)

    def _answer(
        self, page: Page, form: Form | None, answer: "dict[str, Any] | Redirect | Download", status: int = 200
    ) -> Response:
        if isinstance(answer, Redirect):
            return self._redirect(answer)
        if isinstance(answer, Download):
            return headers.protect(_file_response(answer))
        template = page.template or f"www/{self.path}.html"
        context = {"page": page, "form": form, "title": page.title(), **surroundings.of(page, form), **answer}
        return headers.protect(self.build_response(render(template, context), status))

    def _redirect(self, answer: Redirect) -> Response:
        if answer.done and frappe.request.method == "GET":
            surroundings.keep_for_next_page(answer.done)
        return headers.protect(self.build_response("", 303, {"Location": answer.location}))

    def _sign_in_first(self) -> Response:
        if frappe.request.method == "POST":
            # Signed out while writing: a redirect would throw the text away.
            return headers.protect(errors.signed_out())
        return self._redirect(Redirect(sign_in_address(frappe.request.full_path.rstrip("?"))))


@lru_cache(maxsize=256)
def page_class(route: str) -> type[Page] | None:
    """The Page of a route: `your-account` is `www/your_account.py`. Deeper addresses are route rules."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", route):
        return None
    name = f"induction_app.www.{route.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        return None
    module = importlib.import_module(name)
    own = (thing for thing in vars(module).values() if isinstance(thing, type) and thing.__module__ == name)
    return next((thing for thing in own if issubclass(thing, Page)), None)


def _file_response(download: Download) -> Response:
    response = Response(download.content, content_type=download.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=download.filename)
    response.headers.update(download.headers)
    return response
