"""The page kit: what every page of the app for people in schools and appropriate bodies shares.

A page is two files in `www/`: a template, and a module with a subclass of `Page`. The kit answers the
request: it signs people in first, checks the form, acts once, redirects, and shows errors beside their
fields. `docs/pages.md` shows how to add one.

    page.py         the Page class that each page extends; redirect, download
    renderer.py     the renderer named in hooks.py: one request in, one response out
    routes.py       which page answers an address
    environment.py  templates, with escaping on; filters for dates
    govuk.py        the GOV.UK Design System's components by name
    fields.py       questions of one box;  choices.py  questions with options
    form.py         a form: questions, values, errors, hidden fields
    table.py        lists: sort, filter, search, pages, exports
    guard.py        cross-site request tokens;  once.py  one form acts once;  counted.py  counts of requests
    conflict.py     two people on one record: what the other changed
    problems.py     what went wrong, in words and with the field it belongs to;  told.py  what else to tell
    errors.py       pages for 401, 403, 404, 500;  headers.py  security headers
    brand.py        name, colour and logo;  surroundings.py  person, navigation, notices
    sign_in/        passwords, authenticator codes, sessions, on the framework's own machinery
"""

from induction_app.page_kit.choices import Checkboxes, Option, Radios, Select, Tick
from induction_app.page_kit.fields import (
    Code,
    DateField,
    Email,
    Hidden,
    Number,
    Password,
    Text,
    TextArea,
)
from induction_app.page_kit.form import Form
from induction_app.page_kit.page import Download, Page, Redirect, redirect
from induction_app.page_kit.problems import Problem
from induction_app.page_kit.table import Column, Filter, Table

__all__ = [
    "Checkboxes",
    "Code",
    "Column",
    "DateField",
    "Download",
    "Email",
    "Filter",
    "Form",
    "Hidden",
    "Number",
    "Option",
    "Page",
    "Password",
    "Problem",
    "Radios",
    "Redirect",
    "Select",
    "Table",
    "Text",
    "TextArea",
    "Tick",
    "redirect",
]
