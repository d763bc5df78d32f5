"""The read models of training."""

from __future__ import annotations

from branchops.plugins.training.views.learner import LEARNER
from branchops.plugins.training.views.loop import LOOP
from branchops.plugins.training.views.observation import OBSERVATION, REFUSAL
from branchops.plugins.training.views.registers import REGISTERS
from branchops.plugins.training.views.session import SESSION

VIEWS = (SESSION, LEARNER, OBSERVATION, REFUSAL, LOOP, *REGISTERS)
