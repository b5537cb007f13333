"""Begins with a byte order mark."""

import sys

sys.dont_write_bytecode = True

import honest

sys.stdout.buffer.write(b"\xef\xbb\xbf")
honest.serve()
