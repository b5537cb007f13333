"""Says how many calls it takes at once in words."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(hello=honest.HELLO | {"max_in_flight": "many"})
