"""The background processes: a worker for some queues, or the scheduler."""

import sys

if __name__ == "__main__":
    if sys.argv[1] == "--schedule":
        import frappe
        from frappe.utils.scheduler import start_scheduler

        with frappe.init_site():
            start_scheduler()
    else:
        from frappe.utils.background_jobs import start_worker

        start_worker(queue=sys.argv[1])
