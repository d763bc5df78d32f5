"""The append-only event ledger of a store; `ledger.Ledger` is its door."""
