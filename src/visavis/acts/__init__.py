"""Acts with a ledger, for every state machine: table, models, ledger, in this order."""
