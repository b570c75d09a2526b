"""The engine knows several apps and named sites, as the framework does."""

import json
from pathlib import Path

import frappe
import pytest

from standalone.engine.build import WHEEL, engine_key, folder_key, given_back

APP = "induction_app"


def test_names_are_given_back():
    assert given_back(f"{WHEEL}.{WHEEL.title()} {WHEEL.upper()}_X") == "frappe.Frappe FRAPPE_X"
    package = Path(frappe.__file__).parent
    kept = [path for path in package.rglob("*") if WHEEL in path.name.lower()]
    kept += [path for path in package.rglob("*.py") if WHEEL in path.read_text(encoding="utf-8").lower()]
    assert kept == []


def test_engine_in_use_is_the_one_of_this_tree():
    assert engine_key() in frappe.__file__


def test_key_of_a_folder_changes_with_name_and_content(tmp_path):
    (tmp_path / "a").write_text("1")
    first = folder_key(tmp_path)
    (tmp_path / "a").write_text("2")
    second = folder_key(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, folder_key(tmp_path)}) == 3


def test_both_apps_are_installed_the_framework_first(site):
    assert frappe.get_installed_apps() == ["frappe", APP]
    assert json.loads(frappe.db.get_global("installed_apps")) == ["frappe", APP]
    assert frappe.get_all_apps() == ["frappe", APP]


def test_hooks_are_merged_and_can_be_asked_of_one_app(site):
    assert frappe.get_hooks("app_name") == ["frappe", APP]
    assert frappe.get_hooks("app_title", app_name=APP) == ["Induction"]
    assert frappe.get_hooks("no_such_hook") == []
    assert frappe.get_hooks("no_such_hook", default=None) is None


def test_paths_and_modules_belong_to_their_app(site):
    root = Path(__file__).parents[2]
    assert Path(frappe.get_app_path(APP)) == root / APP
    assert Path(frappe.get_app_source_path(APP)).resolve() == root
    assert "Induction Case" in frappe.get_module_list(APP)
    assert frappe.local.module_app["induction_case"] == APP
    assert frappe.local.module_app["core"] == "frappe"
    assert frappe.db.get_value("Module Def", "Induction Case", "app_name") == APP


def test_versions_name_each_app_by_its_own_title(site):
    from frappe.utils.change_log import get_versions

    versions = get_versions()
    assert versions[APP]["title"] == "Induction"
    assert versions["frappe"]["version"].startswith("16.")


def test_site_is_opened_by_name_and_its_settings_are_read_at_once(site, site_name):
    from frappe.installer import update_site_config

    assert frappe.local.site == site_name
    assert frappe.utils.get_sites() == [site_name]
    update_site_config("a_setting_of_a_test", "yes")
    assert frappe.get_site_config().a_setting_of_a_test == "yes"
    update_site_config("a_setting_of_a_test", "None")
    assert "a_setting_of_a_test" not in frappe.get_site_config()


def test_log_files_lie_in_bench_and_site(site):
    frappe.logger("a_test_of_logs").error("seen")
    for folder in (Path(frappe.local.sites_path).parent / "logs", Path(frappe.get_site_path("logs"))):
        assert "seen" in (folder / "a_test_of_logs.log").read_text()


def test_set_up_counts_as_done_in_our_time_zone(site):
    from frappe.utils.installed_apps import get_setup_wizard_completed_apps

    assert frappe.is_setup_complete() is True
    assert get_setup_wizard_completed_apps() == ["frappe", APP]
    assert frappe.utils.get_system_timezone() == "Europe/London"
    assert frappe.db.get_value("User", "Administrator", "creation") <= frappe.utils.now_datetime()


def test_no_patch_of_the_framework_is_open(site):
    from frappe.patches import get_all_patches, get_patches_from_app

    done = set(frappe.get_all("Patch Log", {"skipped": 0}, pluck="patch"))
    assert set(get_patches_from_app("frappe")) <= done
    assert set(get_patches_from_app(APP)) <= set(get_all_patches())


def test_installing_what_is_there_says_so_and_what_is_unknown_is_refused(site, capsys):
    from frappe.installer import install_app

    install_app(APP)
    assert "already installed" in capsys.readouterr().out
    with pytest.raises(Exception, match="not in apps.txt"):
        install_app("an_app_that_nobody_wrote")
    assert frappe.get_installed_apps() == ["frappe", APP]


def test_database_user_sees_its_own_schema_alone(site):
    schemas = {row[0] for row in frappe.db.sql("select schema_name from information_schema.schemata")}
    assert schemas <= {frappe.conf.db_name, "information_schema"}
