"""BranchOps: the working day of a bank branch in one append-only ledger. Plugins import `branchops.api`."""

__version__ = "0.1.0"
