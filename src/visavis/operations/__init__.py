"""Running the service: how it is installed, what is wrong with it, whether all of it is alive."""
