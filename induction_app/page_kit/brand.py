"""What the service calls itself and looks like: read in one place, from Induction Settings."""

import re
from dataclasses import dataclass

import frappe

NAME = "Induction"
COLOUR = "#0f4c52"
ICON = "/assets/induction_app/images/icon.svg"


@dataclass(frozen=True)
class Brand:
    """The service's name, look and help address, as an administrator set them."""

    name: str
    logo: str
    icon: str
    colour: str
    phase: str
    notice: str
    help_email: str
    help_phone: str

    @property
    def own_colour(self) -> bool:
        """Whether the stylesheet's colour has to be overridden."""
        return self.colour != COLOUR


def brand() -> Brand:
    """The brand of this site; what is left empty is as shipped."""
    settings = frappe.get_cached_doc("Induction Settings")
    colour = settings.service_colour or ""
    return Brand(
        name=settings.service_name or NAME,
        logo=settings.service_logo or "",
        icon=ICON,
        # Goes into a style element: nothing but a plain colour may.
        colour=colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else COLOUR,
        phase=settings.service_phase or "",
        notice=settings.service_notice or "",
        help_email=settings.help_email or "",
        help_phone=settings.help_phone or "",
    )


#: What is shown when the settings cannot be read.
SHIPPED = Brand(
    name=NAME, logo="", icon=ICON, colour=COLOUR, phase="", notice="", help_email="", help_phone=""
)
