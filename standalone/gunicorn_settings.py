"""How gunicorn runs the web application; address and numbers come on the command line."""

import ctypes
import os
import signal
import sys

worker_class = "gthread"
timeout = 120
graceful_timeout = 20
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Its control socket would lie in the home folder, the same for every installation.
control_socket_disable = True

PR_SET_PDEATHSIG = 1


def post_fork(server, worker) -> None:
    """End a worker when its master is killed; it would hold the port against the next master."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os.kill(os.getpid(), signal.SIGKILL)
