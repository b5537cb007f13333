"""Gives back what it is sent."""

import sys

sys.dont_write_bytecode = True

import honest

for line in sys.stdin.buffer:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
