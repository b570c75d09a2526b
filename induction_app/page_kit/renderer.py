"""One request to a page of the app, from address to response. Named as `page_renderer` in hooks.py."""

from typing import Any

import frappe
from frappe import _
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.wrappers import Response

from induction_app.page_kit import conflict, errors, headers, once, routes, surroundings, told
from induction_app.page_kit.environment import render
from induction_app.page_kit.form import Form
from induction_app.page_kit.guard import is_from_our_page
from induction_app.page_kit.page import Download, Page, Redirect, sign_in_address
from induction_app.page_kit.problems import Problem, problems_from

#: What the browser is told about a form that has to be put right.
NOT_ACCEPTED = 422


class PageRenderer(BaseRenderer):
    """Answers for every address that a Page of `www/` has."""

    def can_render(self) -> bool:
        self.found = routes.find(self.path)
        return self.found is not None

    def render(self) -> Response:
        try:
            page_class, self.page_name, args = self.found
            frappe.local.form_dict.update(args)
            page = page_class()
            if frappe.session.user == "Guest" and not page.guests:
                return self._sign_in_first()
            if frappe.request.method != "POST":
                return self._get(page)
            try:
                return self._post(page)
            except frappe.QueryDeadlockError:
                # Somebody else's save came between what was read and its lock: MariaDB from 11.6 on refuses that
                # lock. With what they saved in view, the page can say what is the matter.
                frappe.db.rollback()
                frappe.clear_messages()
                return self._post(page_class())
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
        if frappe.get_request_header("X-Induction-Autosave"):
            return self._autosave(page)
        token, digest = page.posted.get("submit_token"), once.digest_of(page.posted)
        if not once.is_token(token):
            return headers.protect(errors.out_of_date())
        # Before anything is looked at: what the form was for may be done, and no longer possible.
        if earlier := once.claim(token, digest):
            return self._already_sent(page, earlier, digest)
        form, good = self._form_as_sent(page, token)
        if not good:
            once.release(token)
            return self._show_again(page, form)
        return self._act(page, form, token, digest)

    def _form_as_sent(self, page: Page, token: str, newer: str = "") -> tuple[Form, bool]:
        """The page's form with what was sent, and whether every answer is good."""
        page.load()
        form = page.form() or Form()
        posted = page.posted.copy()
        # The page's own autosaves are not somebody else's change.
        if known := newer or once.autosaved(token):
            posted["record_modified"] = max(known, posted.get("record_modified") or "")
        return form, form.read(posted)

    def _act(self, page: Page, form: Form, token: str, digest: str, beside: str = "") -> Response:
        told.take()
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
            if page.merges and not form.conflict.differences and not beside:
                return self._merge(page, form, token, digest)
            page.load()
            return self._show_again(page, form)
        except (Problem, frappe.ValidationError, frappe.DuplicateEntryError) as error:
            frappe.db.rollback()
            form.refuse(problems_from(error, form.labels, form.record_labels))
            page.load()  # what was changed before the refusal is undone
            return self._show_again(page, form)
        if isinstance(answer, Redirect):
            once.finish(token, digest, answer.location)
            more = " ".join(said for said in (beside, *told.take()) if said)
            done = f"{answer.done.rstrip('.')}. {more}" if answer.done and more else answer.done or more
            surroundings.keep_for_next_page(done, token)
        else:
            once.release(token)
        return self._answer(page, form, answer)

    def _merge(self, page: Page, form: Form, token: str, digest: str) -> Response:
        """Someone changed other parts of the record: save these answers beside theirs, and say so."""
        if earlier := once.claim(token, digest):
            return self._already_sent(page, earlier, digest)
        fresh, _good = self._form_as_sent(page, token, newer=form.stamp)
        others = _("You") if form.conflict.own else _(" and ").join(form.conflict.people)
        told = _("{0} changed other parts of this at the same time. Both are saved.").format(others)
        return self._act(page, fresh, token, digest, beside=told)

    def _already_sent(self, page: Page, earlier: once.Earlier, digest: str) -> Response:
        if earlier.finished and earlier.digest == digest:
            return self._redirect(Redirect(earlier.location))
        form, _good = self._form_as_sent(page, "")
        if earlier.finished:
            said = _(
                "You have already sent this form once. To send it again with your changes, press the "
                "button again."
            )
        else:
            said = _("This is still being saved. Wait a minute, then check before sending again.")
        form.refuse([Problem(said)])
        return self._show_again(page, form)

    def _show_again(self, page: Page, form: Form) -> Response:
        return self._answer(page, form, page.get(), NOT_ACCEPTED)

    def _autosave(self, page: Page) -> Response:
        """For the page's script: JSON instead of a page. The form stays to be sent once."""
        token = page.posted.get("submit_token") or ""
        form, _good = self._form_as_sent(page, token)
        try:
            page.autosave(form)
            seen = conflict.stamp(form.record) if form.record is not None else ""
            if seen:
                once.remember_autosave(token, seen)
            said, status = {"modified": seen}, 200
        except frappe.TimestampMismatchError:
            frappe.db.rollback()
            said, status = (
                {"error": _("Someone else has changed this. Send the form to see what changed.")},
                409,
            )
        except (Problem, frappe.ValidationError) as error:
            frappe.db.rollback()
            said, status = (
                {"error": problems_from(error, form.labels, form.record_labels)[0].message},
                NOT_ACCEPTED,
            )
        response = Response(frappe.as_json(said), status=status, content_type="application/json")
        return headers.protect(response)

    def _answer(
        self, page: Page, form: Form | None, answer: "dict[str, Any] | Redirect | Download", status: int = 200
    ) -> Response:
        if isinstance(answer, Redirect):
            return self._redirect(answer)
        if isinstance(answer, Download):
            return headers.protect(_file_response(answer))
        template = page.template or f"www/{self.page_name}.html"
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


def _file_response(download: Download) -> Response:
    response = Response(download.content, content_type=download.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=download.filename)
    response.headers.update(download.headers)
    return response
