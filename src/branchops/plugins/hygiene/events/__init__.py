"""What happens in hygiene: violations, the fund, the rota, clean-ups, inspections, spot checks, zones.

Streams: a violation `V-2026-0001`, an inspection `HI-…`, a spot check plan `SC-…`, the fund `fund`, a month of the rota
`rota-2026-12`, a day's ticks `clean-2026-12-01`, a big clean-up `bigclean-2026-12-19`, a zone `zone-<code>`.
"""

from __future__ import annotations

from branchops.plugins.hygiene.events.cleaning import CLEANING
from branchops.plugins.hygiene.events.fund import FUND
from branchops.plugins.hygiene.events.inspections import INSPECTIONS
from branchops.plugins.hygiene.events.rota import ROTA
from branchops.plugins.hygiene.events.spotchecks import SPOTCHECKS
from branchops.plugins.hygiene.events.violations import VIOLATIONS
from branchops.plugins.hygiene.events.zones import ZONES

EVENTS = (*VIOLATIONS, *FUND, *ROTA, *CLEANING, *INSPECTIONS, *SPOTCHECKS, *ZONES)
