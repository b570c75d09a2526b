"""Where an installation lives, and what a user may set."""

import json

import pytest

from standalone.run_root import PORTS, RunRoot, SettingsError, is_free, read_settings


def settings(tmp_path, text: str) -> dict:
    """Return the settings that a file with this text gives."""
    path = tmp_path / "induction.toml"
    path.write_text(text)
    return read_settings(path)


def test_no_file_means_own_servers(tmp_path):
    run = RunRoot(tmp_path, read_settings(tmp_path / "induction.toml"))
    assert run.own_database and run.own_redis and run.own_mail


def test_named_servers_are_used(tmp_path):
    run = RunRoot(
        tmp_path,
        settings(
            tmp_path,
            '[database]\nhost = "db"\nname = "n"\nuser = "u"\npassword = "p"\n'
            '[redis]\ncache = "redis://r:1"\nqueue = "redis://r:2"\n',
        ),
    )
    assert not run.own_database and not run.own_redis and run.own_mail
    assert run.redis_url("queue") == "redis://r:2"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[databse]\n", r"table \[databse\]; known are"),
        ("[web]\nprot = 1\n", r"prot under \[web\]"),
        ('[database]\nname = "n"\nuser = "u"\n', r"\[database\] without password"),
        ("[web\n", "not valid TOML"),
    ],
)
def test_setting_that_cannot_be_used_is_named(tmp_path, text, sentence):
    with pytest.raises(SettingsError, match=sentence):
        settings(tmp_path, text)


def test_secrets_are_drawn_once_and_kept_from_others(tmp_path):
    first, second = RunRoot(tmp_path).kept, RunRoot(tmp_path).kept
    assert first == second
    assert len(first["administrator_password"]) >= 16
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_two_installations_never_draw_the_same_port(tmp_path):
    runs = [RunRoot(tmp_path / name) for name in ("one", "two")]
    for run in runs:
        run.settle_ports()
    ports = [run.kept[name] for run in runs for name in PORTS]
    assert len(set(ports)) == len(ports)
    before = dict(runs[0].kept)
    again = RunRoot(tmp_path / "one")
    again.settle_ports()
    assert again.kept == before == json.loads((tmp_path / "one" / "secrets.json").read_text())


def test_port_that_somebody_took_is_drawn_anew_and_a_named_one_is_refused(tmp_path):
    import socket

    run = RunRoot(tmp_path / "run")
    run.settle_ports()
    port = run.kept["web_port"]
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert not is_free(port)
        again = RunRoot(tmp_path / "run")
        again.settle_ports()
        assert again.web_port != port
        with pytest.raises(SettingsError, match=f"Port {port}"):
            RunRoot(tmp_path / "named", {"web": {"port": port}}).settle_ports()


def test_sockets_move_when_the_path_is_too_long(tmp_path):
    assert RunRoot(tmp_path / "short").sockets == tmp_path / "short" / "sockets"
    long = RunRoot(tmp_path / ("x" * 100))
    assert len(str(long.sockets)) < 80
