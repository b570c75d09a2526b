"""Steps shown with their time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(what: str) -> Iterator[None]:
    """Print what is being done, and when it is done how long it took."""
    began = time.monotonic()
    print(f"  {what} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(f" failed after {time.monotonic() - began:.1f} s", flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)
    sys.stdout.flush()
