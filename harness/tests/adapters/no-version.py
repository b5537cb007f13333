"""Does not say its version."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(hello={key: value for key, value in honest.HELLO.items() if key != "version"})
