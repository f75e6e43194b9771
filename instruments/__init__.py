"""What is asked, and the records that travel between rooms: standard library and msgspec only."""
