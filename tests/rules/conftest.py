"""Property tests of the rules are repeatable, and a slow machine does not fail them."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
