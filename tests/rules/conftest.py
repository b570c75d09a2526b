"""Property tests of the rules are repeatable, and a slow machine does not fail them."""

from hypothesis import settings

settings.register_profile("repeatable", settings.get_profile("patient"), derandomize=True)
settings.load_profile("repeatable")
