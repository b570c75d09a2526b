"""Returns to the Department for Education: the bulk files an appropriate body uploads."""
