"""The operations, a file for each part of the service. Each is short: find what may be seen, call one service."""
