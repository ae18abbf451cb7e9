"""One message to several people, in reading order: `choosing`, `sending`, `reaching`."""
