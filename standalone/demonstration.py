"""Who the demonstration's people are and how they sign in: kept in a file that only its owner reads."""

import json
from pathlib import Path

from standalone.run_root import RunRoot

FILE = "demonstration.json"


def note(root: Path, told: dict) -> None:
    """Keep what the demonstration's loader returned: the password, and the people. Nothing new keeps what is kept."""
    if told["password"]:
        RunRoot(root).write_private(root / FILE, json.dumps(told, indent=1, ensure_ascii=False))


def lines(run: RunRoot) -> list[str]:
    """How to sign in as somebody of the demonstration; nothing where there is none."""
    path = run.root / FILE
    if not path.exists():
        return []
    told = json.loads(path.read_text(encoding="utf-8"))
    widest = max(len(person["email"]) for person in told["people"])
    found = [f"Everybody in the demonstration signs in with the password {told['password']}"]
    for person in told["people"]:
        found.append(f"  {person['email']:<{widest}}  {person['name']}, {person['posts']}")
    return found
