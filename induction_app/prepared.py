"""Queries that are the same each time but for their values.

The query builder puts a query together anew each time, which takes longer than the database needs to answer a
short one. A prepared query is put together once in a process; its values are given to the database's driver.
"""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any

import frappe
from pypika import Parameter
from pypika.queries import Selectable

_ASKED = re.compile(r"%%(\(\w+\)s)")


def asked(name: str) -> Parameter:
    """The place of a value in a prepared query, by the name it is given under. A list has to hold something."""
    return Parameter(f"%({name})s")


def prepared(build: Callable[..., Selectable]) -> Callable[..., list[frappe._dict]]:
    """Make a function that builds a query into one that asks it: values by name, rows as mappings.

    What the query's text depends on is given by position, as to the function itself: one text is kept for each.
    """

    @lru_cache(maxsize=1024)
    def text(*shape: Hashable) -> str:
        # The driver takes a percent sign for a place: those that are part of a name are written twice.
        return _ASKED.sub(r"%\1", build(*shape).get_sql().replace("%", "%%"))

    @wraps(build)
    def ask(*shape: Hashable, **values: Any) -> list[frappe._dict]:
        return frappe.db.sql(text(*shape), values, as_dict=True)

    return ask
