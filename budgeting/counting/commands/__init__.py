"""The subcommands: each module has `add_parser(subparsers)`, which sets `run`, and `run(arguments) -> int`."""
