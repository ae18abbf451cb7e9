"""One form a question; what is not answered never blocks."""
