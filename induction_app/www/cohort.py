"""How the inductions of a body or a school stand: by school, by the term they began in, by standard."""

import frappe
from frappe import _

from induction_app.access.positions import BODY, EVERYTHING, SCHOOL, positions_of
from induction_app.induction_case import cohort
from induction_app.page_kit import Page
from induction_app.pages import cohort_words
from induction_app.pages.cohort_picture import Picture, bar, longest
from induction_app.pages.cohort_words import list_address
from induction_app.pages.kept_figures import kept_figures

SCHOOLS_A_PAGE = 20


class Cohort(Page):
    def title(self) -> str:
        return _("How inductions stand")

    def load(self) -> None:
        wide = any(position.scope in (BODY, SCHOOL, EVERYTHING) for position in positions_of())
        if not frappe.has_permission("ECT", "report") or not (wide or frappe.session.user == "Administrator"):
            raise frappe.PermissionError

    def get(self):
        headings = cohort_words.standings()
        counted_at, (schools, starts, totals) = kept_figures("standings", self._counted)
        page, pages = self._page(len(schools))
        shown = schools[(page - 1) * SCHOOLS_A_PAGE : page * SCHOOLS_A_PAGE]
        pictures = [self._by_school(shown, headings), self._by_start(starts, headings)]
        if frappe.has_permission("Progress Review", "report"):
            pictures.append(self._by_standard())
        return {
            "pictures": [picture for picture in pictures if picture.bars],
            "figures": [
                {"kind": kind, "label": label, "number": totals[kind], "href": list_address(standing=kind)}
                for kind, label in headings.items()
            ],
            "pages": self._pagination(page, pages),
            "due_days": cohort.DUE_SOON_DAYS,
            "counted_at": counted_at,
        }

    @staticmethod
    def _counted() -> tuple[list, list, dict[str, int]]:
        """Standings by school, those to look at first; by the term they began in; and of all."""
        terms = cohort.school_terms()
        counted = cohort.standings(terms)
        schools = sorted(counted.by_school(), key=_most_to_look_at)
        totals = {kind: sum(counts.get(kind, 0) for *_school, counts in schools) for kind in cohort.STANDINGS}
        return schools, counted.by_start(terms), totals

    def _page(self, number: int) -> tuple[int, int]:
        """Which page of schools is asked for, of how many."""
        pages = max(1, -(-number // SCHOOLS_A_PAGE))
        asked = str(self.args.get("page", "1"))
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        return min(max(1, wanted), pages), pages

    @staticmethod
    def _pagination(page: int, pages: int) -> dict | None:
        if pages == 1:
            return None
        params: dict = {"landmarkLabel": _("Schools")}
        if page > 1:
            params["previous"] = {"href": f"/cohort?page={page - 1}"}
        if page < pages:
            params["next"] = {"href": f"/cohort?page={page + 1}"}
        return params

    @staticmethod
    def _by_school(rows, headings) -> Picture:
        most = longest(counts for *_school, counts in rows)
        bars = [
            bar(
                name or _("No school"),
                list_address(school=urn or ""),
                counts,
                headings,
                lambda kind, urn=urn: list_address(school=urn or "", standing=kind),
                most,
            )
            for urn, name, counts in rows
        ]
        return Picture(_("By school"), _("School"), headings, bars)

    @staticmethod
    def _by_start(rows, headings) -> Picture:
        most = longest(counts for _term, counts in rows)
        bars = [
            bar(
                term.label,
                list_address(started=term.key),
                counts,
                headings,
                lambda kind, key=term.key: list_address(started=key, standing=kind),
                most,
            )
            for term, counts in rows
        ]
        return Picture(_("By the term they began in"), _("Began in"), headings, bars)

    @staticmethod
    def _by_standard() -> Picture:
        rows = kept_figures("standards", cohort.by_standard)[1]
        most = longest(rows.values())
        headings = {progress: _(progress) for progress in cohort_words.PROGRESS}
        bars = [
            bar(
                _("{0}: {1}").format(code, title),
                "",
                rows[code],
                headings,
                lambda kind, code=code: list_address(progress=f"{code}.{kind}"),
                most,
            )
            for code, title in cohort_words.standards().items()
            if code in rows
        ]
        return Picture(_("Progress by Teachers’ Standard"), _("Standard"), headings, bars)


def _most_to_look_at(row) -> tuple:
    """Schools with most at risk and overdue first."""
    _urn, name, counts = row
    return -counts.get(cohort.AT_RISK, 0) - counts.get(cohort.OVERDUE, 0), name or ""
