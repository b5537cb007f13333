"""Ends with status 1."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(end=lambda: sys.exit(1))
