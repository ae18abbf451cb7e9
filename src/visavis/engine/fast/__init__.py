"""The same lists by kernels compiled on first use; needs the extra ``fast`` (numba)."""
