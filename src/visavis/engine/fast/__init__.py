"""The same lists by kernels compiled on first use; needs the extra ``fast`` (numba)."""

LAID_OUT = "vacancies_laid_out"
"""Where a market keeps its vacancies as the kernels read them."""
