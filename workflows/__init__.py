"""The pure core (lõi nghiệp vụ): states, calendar, ledger, deadlines, steps; standard library only.

It knows no clock and no database: every function takes the time as an argument. Import from the modules:
`states`, `table`, `machine`, `calendar`, `limits`, `ledger`, `deadlines`, `steps`, `errors`.
"""
