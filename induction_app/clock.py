"""The service's own clock.

A site may be given a day to live in (`induction_today` in its site configuration, an ISO date, with a time
where that matters), so that a demonstration or a rehearsal can walk through two years without touching a
record. Everything that asks for today's date asks here.
"""

from datetime import date, datetime, time

import frappe
from frappe.utils import get_datetime, getdate, now_datetime


def today() -> date:
    """The site's date: the configured one, else the calendar's in the site's time zone."""
    configured = frappe.conf.get("induction_today")
    return getdate(str(configured)[:10]) if configured else now_datetime().date()


def now() -> datetime:
    """The site's date with the configured time, else the clock's time of day."""
    configured = frappe.conf.get("induction_today")
    if configured and ":" in str(configured):
        return get_datetime(configured)
    moment = now_datetime()
    return datetime.combine(today(), time(moment.hour, moment.minute, moment.second, moment.microsecond))
