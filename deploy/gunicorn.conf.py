"""Settings of the WSGI server; the command line adds the address."""

import multiprocessing

workers = min(4, multiprocessing.cpu_count() + 1)
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
# Above the 200 characters that a search reads, and the longest that gunicorn can be told to take.
limit_request_line = 8190

# No access log: addresses, search words and referrers of readers belong in no file. Errors go to standard error.
accesslog = None
errorlog = "-"

# Nothing of ours uses it, and two servers of one user would fight over its file in the home directory.
control_socket_disable = True
