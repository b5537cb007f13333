"""Dies before it says hello."""

import sys

sys.dont_write_bytecode = True

import honest
import a_library_that_is_not_installed

honest.serve()
