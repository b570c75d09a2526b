"""The mechanism that puts our functions into a module's source."""

import pytest

from standalone.engine.splice import optional_imports, splice


def run(source: str) -> dict:
    """Return the names that a module's source defines."""
    names: dict = {"__name__": "spliced"}
    exec(compile(source, "spliced", "exec"), names)
    return names


def test_function_takes_the_place_of_all_of_its_name():
    names = run(
        splice(
            "def f():\n\treturn 1\n\ndef g():\n\treturn f()\n\ndef f():\n\treturn 2\n",
            "def f():\n    return 3\n",
        )
    )
    assert names["f"]() == 3
    assert names["g"]() == 3


def test_decorators_go_with_the_function_they_stand_on():
    source = "def twice(f):\n\treturn lambda: f() * 2\n\n@twice\ndef f():\n\treturn 1\n"
    assert run(splice(source, "def f():\n    return 5\n"))["f"]() == 5
    assert run(splice(source, "@twice\ndef f():\n    return 5\n"))["f"]() == 10


def test_method_is_replaced_or_added_and_the_others_stay():
    source = "class A:\n\tdef one(self):\n\t\treturn 1\n\n\tdef two(self):\n\t\treturn 2\n"
    replacement = (
        "class A:\n    def two(self):\n        return 22\n\n    def three(self):\n        return 3\n"
    )
    thing = run(splice(source, replacement))["A"]()
    assert (thing.one(), thing.two(), thing.three()) == (1, 22, 3)


def test_the_wheels_own_function_can_be_called():
    names = run(splice("def f(x):\n\treturn x + 1\n", "def f(x):\n    return _wheel_f(x) * 10\n"))
    assert names["f"](1) == 20


def test_what_the_source_lacks_is_added_with_its_imports():
    names = run(splice("x = 1\n", "import math\n\n\ndef root(n):\n    return math.isqrt(n)\n"))
    assert names["x"] == 1
    assert names["root"](49) == 7


def test_import_stands_before_the_first_name_that_needs_it():
    names = run(
        splice("def f():\n\treturn 1\n\ny = f()\n", "import math\n\n\ndef f():\n    return math.pi\n")
    )
    assert names["y"] == pytest.approx(3.14159, abs=1e-4)


def test_missing_package_leaves_a_name_that_is_none():
    source = "from no_such_package.sub import Thing, Other as Another\nimport no_such_package.deep\nx = 1\n"
    names = run(optional_imports(source, {"no_such_package"}))
    assert names["Thing"] is names["Another"] is names["no_such_package"] is None
    assert names["x"] == 1
