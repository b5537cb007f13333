"""Declares a dialect that nobody knows."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(hello=honest.HELLO | {"semantics": {"seperators": "space", "duplicates": "firsts", "order": True}})
