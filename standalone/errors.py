"""The one kind of error whose message is shown to the user as it is, without a trace."""


class StandaloneError(Exception):
    """Something a user can mend; the message is a sentence that says what, and where to look."""
