"""Text messages that come in, in reading order: `receiving`, `understanding`, `filing`."""
