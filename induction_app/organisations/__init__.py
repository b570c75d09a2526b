"""Appropriate bodies, schools and their people: the register import, authorisation, term dates, positions."""
