"""Checking and casting the arguments of API methods."""

from collections.abc import Callable


def transform_parameter_types(func: Callable, args: tuple, kwargs: dict):
    """Restore the check of arguments against type hints.

    The wheel defers every annotation of the framework, so that hints are text, and text is not checked: the
    string "0" then passes for True. Hints are read here once for each function; what cannot be read, because
    it is imported for type checkers alone, stays unchecked as in the framework.
    """
    if any(isinstance(hint, str) for hint in func.__annotations__.values()) and func not in _read_hints:
        for name, hint in func.__annotations__.items():
            if isinstance(hint, str):
                try:
                    func.__annotations__[name] = eval(hint, func.__globals__)
                except Exception:
                    continue
        _read_hints.add(func)
    return _wheel_transform_parameter_types(func, args, kwargs)


_read_hints: set[Callable] = set()
