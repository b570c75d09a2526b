"""The framework engine for machines without a bench.

`build.py` unpacks the pinned wheel, gives the framework its own names back and puts in the functions that
the wheel lost, which stand in `restored/`, one file for one module of the framework. `splice.py` is the
mechanism. Each restored function says in its docstring what it restores.
"""
