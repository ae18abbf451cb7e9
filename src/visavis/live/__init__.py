"""What open pages are told while they are open: numbered rows, sent as server-sent events, resumed by their number."""
