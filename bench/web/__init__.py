"""Pages: the site beside a bare WSGI application and Flask's "ok", on the servers that it may run on."""
