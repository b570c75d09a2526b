"""What people send, and National Insurance numbers, are not written into logs when a request fails."""

import json
import os
from pathlib import Path

import frappe

from tests import factory

NI_NUMBER = "QQ123456C"


def logs() -> str:
    """What stands in the log files of the site and of the bench, those that were full included."""
    sites = Path(os.environ["INDUCTION_SITES_PATH"])
    folders = (sites / os.environ["INDUCTION_SITE"] / "logs", sites.parent / "logs")
    files = [path for folder in folders for path in folder.glob("*.log*")]
    return "\n".join(path.read_text(errors="replace") for path in files)


def test_a_request_that_breaks_leaves_no_personal_data_in_the_logs(world, visitors):
    name = f"Unloggable{factory.number()}"
    # Of a type that the framework cannot work with: it breaks while it saves.
    sent = {"ni_number": NI_NUMBER, "first_name": name, "modified_by": {"a": [1]}, "middle_names": {"b": 2}}
    answer = visitors["SAD"].ask("PUT", f"/api/resource/ECT/{world.own.ect}", json=sent)
    assert answer.status_code == 500, answer.text
    said = logs()
    assert "'dict' object has no attribute 'split'" in said
    assert NI_NUMBER not in said and name not in said


def test_the_error_log_holds_no_national_insurance_number(site):
    ni_number, values = NI_NUMBER, json.dumps({"ni_number": "qq 12 34 56 c"})
    try:
        raise ValueError(f"{ni_number} {values}")
    except ValueError:
        name = frappe.log_error(title=f"About {NI_NUMBER}").name
    kept = frappe.get_doc("Error Log", name)
    assert "ValueError" in kept.error
    assert NI_NUMBER not in kept.error + kept.method and "12 34 56" not in kept.error
