"""Does not leave when it is told to."""

import sys
import time

sys.dont_write_bytecode = True

import honest

honest.serve(end=lambda: time.sleep(3600))
