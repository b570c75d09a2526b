"""Runs the app on a machine without a bench: engine, servers, site, command line.

`engine/` makes the framework importable; `run_root.py` says where everything of one installation lives;
`mariadb.py`, `redis.py`, `mail_sink.py` and `web.py` are the servers, put together by `services.py`; `site.py`
makes the site; `tests_stack.py` runs the tests; `cli.py` is what `./induction` calls.
"""
