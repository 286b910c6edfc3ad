"""The subcommands: each has `add_parser(subparsers)`, which sets `run`, and `run(arguments) -> int`."""
