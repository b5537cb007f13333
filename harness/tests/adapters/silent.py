"""Reads and says nothing."""

import sys

sys.dont_write_bytecode = True

import honest

sys.stdin.buffer.read()
