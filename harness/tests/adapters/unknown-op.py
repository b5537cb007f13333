"""Announces operations that nobody knows."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(hello=honest.HELLO | {"operations": ["prase", "union", "divide"]})
