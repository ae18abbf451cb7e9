"""`visavis setup`: answers → tried → files written, all or none → the database filled → what is still wrong.

In reading order: questions, values, variables, trying, files, writing, steps, checking. No Django here: it is the
settings that are being written.
"""
