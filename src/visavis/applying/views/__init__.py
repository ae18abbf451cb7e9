"""The pages of an answer."""
