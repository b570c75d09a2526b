"""How fast the pages are, beside the framework's own list and form of the same records, in one run.

Run from the root of the repository, after `./induction start` has set things up once, with

    .run/venv/bin/python benchmarks/pages_benchmark.py

Needs `hey` (a Debian package), which makes the load. The site has 10,000 ECTs, 1,000 schools and 60,000
reviews and assessments; it is made once (about two minutes) and kept. Each page is asked for by a tutor, a
headteacher and an officer of a large appropriate body: the queries of one request, then p50 and p95 at 20 at
once, and both as a ratio to `GET /api/resource/ECT` of 20 rows by the same person; kB are as sent, gzipped. Server and
load share the machine.
"""

import argparse
import csv
import io
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import quote

import requests
from large_site import CASES, SCHOOLS, People, large_site

AT_ONCE = 20
_FIELDS = quote('["name","full_name","school","induction_status","start_date","modified"]')
LIST = f"/api/resource/ECT?limit_page_length=20&fields={_FIELDS}"
FORM = "/api/method/frappe.desk.form.load.getdoc?doctype=ECT&name={ect}"
PAGES = {
    "framework: list of 20": LIST,
    "framework: form": FORM,
    "a page without records": "/accessibility",
    "home": "/home",
    "list of ECTs": "/cases",
    "an ECT": "/cases/{ect}",
    "cohort": "/cohort",
}


@dataclass
class Measured:
    """One page as one person: statements to the database, and times in milliseconds."""

    queries: int
    p50: float
    p95: float
    kilobytes: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--schools", type=int, default=SCHOOLS)
    parser.add_argument("--requests", type=int, default=300, help="for each page and person")
    asked = parser.parse_args()
    if not shutil.which("hey"):
        sys.exit("Install hey, which makes the load: apt-get install hey")
    with large_site(asked.cases, asked.schools) as (run, people):
        forget_looks()
        print(
            f"{people.cases} ECTs, {people.schools} schools; {AT_ONCE} at once, {asked.requests} requests each"
        )
        print(f"{'':28}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'p50/list':>10}{'p95/list':>10}{'kB':>7}")
        for who, user in (("tutor", people.tutor), ("head", people.head), ("officer", people.officer)):
            measure(run.url, who, user, people, asked.requests)
        compare_sizes(run.url, people)


def forget_looks() -> None:
    """Begin with nothing logged: the framework's form sends every look at its record along."""
    import frappe

    frappe.db.delete("View Log")
    frappe.db.commit()


def measure(url: str, who: str, user: str, people: People, number: int) -> None:
    """Every page as one person."""
    visitor = signed_in(url, user)
    baseline = None
    for name, path in PAGES.items():
        path = path.format(ect=people.ect)
        answer = visitor.get(url + path)
        if answer.status_code == 403:
            print(f"{who + ': ' + name:28}{'not theirs':>10}")
            continue
        answer.raise_for_status()
        found = Measured(
            queries(visitor, url + path),
            *times(visitor, url + path, number),
            kilobytes=int(answer.headers.get("Content-Length") or len(answer.content)) / 1000,
        )
        baseline = baseline or found
        print(
            f"{who + ': ' + name:28}{found.queries:>8}{found.p50:>9.0f}{found.p95:>9.0f}"
            f"{found.p50 / baseline.p50:>10.2f}{found.p95 / baseline.p95:>10.2f}{found.kilobytes:>7.0f}",
            flush=True,
        )


def compare_sizes(url: str, people: People) -> None:
    """Queries of the officer of the large body beside those of the small one: they must be the same."""
    print("\nqueries, officer of the large body / of one with a ninth of its cases")
    for name, path in PAGES.items():
        large, small = (
            queries(signed_in(url, user), url + path.format(ect=ect))
            for user, ect in ((people.officer, people.ect), (people.small_officer, people.small_ect))
        )
        print(f"{name:28}{large:>8} / {small}")


def signed_in(url: str, user: str) -> requests.Session:
    """A session of a person."""
    from tests.factory import PASSWORD

    session = requests.Session()
    session.post(
        f"{url}/api/method/login", data={"usr": user, "pwd": PASSWORD}, timeout=60
    ).raise_for_status()
    return session


def queries(visitor: requests.Session, address: str) -> int:
    """The statements of one request once caches are warm: the fewest of five, as others may ask meanwhile."""
    counts = []
    for _each in range(5):
        before = statements()
        visitor.get(address, timeout=60)
        counts.append(statements() - before - 1)
    return min(counts)


def statements() -> int:
    """How many statements the database has had, from anybody."""
    import frappe

    return int(frappe.db.sql("show global status like 'Questions'")[0][1])


def times(visitor: requests.Session, address: str, number: int) -> tuple[float, float]:
    """p50 and p95 in milliseconds, after a warm-up. Ends the run when an answer is not 200."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    load = ["hey", "-c", str(AT_ONCE), "-t", "120", "-H", f"Cookie: {cookies}", "-o", "csv"]
    subprocess.run([*load, "-n", str(AT_ONCE * 2), address], capture_output=True, check=True)
    done = subprocess.run([*load, "-n", str(number), address], capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    wrong = {row["status-code"] for row in rows} - {"200"}
    if wrong or not rows:
        sys.exit(f"{address} answered {', '.join(sorted(wrong)) or 'nothing'} under load.")
    taken = [float(row["response-time"]) * 1000 for row in rows]
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    main()
