"""Ratios within one interleaved run; reports, never assertions."""
