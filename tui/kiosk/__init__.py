"""A terminal that many people use one after the other: nobody finds what was there before."""
