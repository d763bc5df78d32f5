"""Hygiene as rows."""

from __future__ import annotations

from branchops.plugins.hygiene.views.cleaning import CLEANING_VIEWS
from branchops.plugins.hygiene.views.fund import FUND_VIEWS
from branchops.plugins.hygiene.views.inspection import INSPECTION_VIEWS
from branchops.plugins.hygiene.views.rota import ROTA_VIEWS
from branchops.plugins.hygiene.views.violation import VIOLATION
from branchops.plugins.hygiene.views.zones import ZONE_VIEWS

VIEWS = (VIOLATION, *FUND_VIEWS, *ROTA_VIEWS, *CLEANING_VIEWS, *INSPECTION_VIEWS, *ZONE_VIEWS)
