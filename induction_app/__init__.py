"""Case management for the statutory induction of early career teachers in England."""

__version__ = "0.1.0"
