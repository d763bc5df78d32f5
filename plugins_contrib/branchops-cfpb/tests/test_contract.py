"""What every plugin owes the core."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from branchops.testing import PluginContract

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import branchops_cfpb


class TestCfpb(PluginContract):
    """The contract, with some complaints."""

    plugin = "cfpb"
    module = branchops_cfpb

    def history(self, kit: Any) -> None:
        file = kit.root / "some.csv"
        file.write_text(
            "Complaint ID,Product,Date received,Timely response?,Consumer complaint narrative\n"
            "1,Mortgage,3/19/2015,No,They never wrote back.\n"
            "2,Mortgage,3/20/2015,Yes,\n"
            "3,Credit card,3/20/2015,,\n",
            encoding="utf-8",
        )
        kit.ok("import", "cfpb", file)
