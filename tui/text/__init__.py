"""Release and plan as plain words and tables: pure functions, the same content for the desk and for pipes."""
