"""Everything a person sees in a terminal; imports nothing by itself."""
