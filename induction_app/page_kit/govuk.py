"""The GOV.UK Design System's components, by name, from templates and from Python."""

from functools import lru_cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup

#: Components that are the same on many pages, and made once: they hold nothing that somebody wrote.
_ALIKE = {"tag", "button", "back-link", "skip-link", "phase-banner", "service-navigation", "pagination"}


def govuk(component: str, params: dict[str, Any] | None = None) -> Markup:
    """One component of the Design System, such as `govuk("button", {"text": "Save"})`.

    Names and params are those of the design system's own documentation. `text` is escaped; `html` is not, so
    give it Markup that you made, never what a person typed.
    """
    given = params or {}
    if component in _ALIKE:
        return _once_made(component, _Given(given))
    return _make(component, given)


class _Given:
    """Params that are the same when they read the same."""

    def __init__(self, params: dict[str, Any]):
        self.params = params
        self._text = repr(params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@lru_cache(maxsize=512)
def _once_made(component: str, given: _Given) -> Markup:
    return _make(component, given.params)


def _make(component: str, params: dict[str, Any]) -> Markup:
    return Markup(_macro(component)(_checked(params)))


@lru_cache(maxsize=64)
def _macro(component: str) -> Any:
    template = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    return getattr(template.module, name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=_PrefixedLoader("govuk_frontend_jinja"),
        autoescape=True,
        undefined=ChainableUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _PrefixedLoader(PackageLoader):
    """The macros import one another as `govuk_frontend_jinja/...`."""

    def get_source(self, environment: Environment, template: str) -> Any:
        return super().get_source(environment, template.removeprefix("govuk_frontend_jinja/"))


def _checked(params: Any) -> Any:
    """Any `html` that is not Markup is escaped, so that forgetting to mark it cannot let a script through."""
    if isinstance(params, dict):
        return {
            key: Markup.escape(value)
            if key.lower().endswith("html") and isinstance(value, str)
            else _checked(value)
            for key, value in params.items()
        }
    if isinstance(params, list | tuple):
        return [_checked(value) for value in params]
    return params
