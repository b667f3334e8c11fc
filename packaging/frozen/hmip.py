"""The command line, frozen."""

import sys

from hmip_desktop.cli import main

sys.exit(main())
