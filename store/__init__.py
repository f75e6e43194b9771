"""Where records are kept: the privacy boundary."""
