"""Serves bulletins to open pages: an ASGI application in a process of its own, apart from the threads of pages."""
