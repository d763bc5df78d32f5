"""User ids, the special-business register, seal verification, statements, breaches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from branchops.api import Column, PrintedRegister, Reading, Table, _, is_sealed, told, verdict_from
from branchops.plugins.counter.rules.measure import colour, rate, wilson
from branchops.plugins.counter.rules.user_ids import ELSEWHERE, foreign, unrelated
from branchops.plugins.counter.views.registers import SealDay

