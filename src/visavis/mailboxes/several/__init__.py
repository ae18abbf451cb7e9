"""One message to several people, in reading order: `previewing`, `sending`, `reaching`."""
