"""One command a module: `configure(parser)` and `run(arguments) -> exit code`."""
