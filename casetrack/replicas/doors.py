"""Which requests may be answered from a replica: lists and figures, whose reader changes nothing by asking.

By the names of their addresses, of the API and then of the pages. A case by itself is not among them, since whoever
opens one means to work on it; nor are jobs, whose progress a worker writes, nor accounts and what they may see.
"""

LISTS = frozenset(
    {
        "case-list",
        "deadline-list",
        "organization-list",
        "mediator-list",
        "training-list",
        "region-list",
        "reported-list",
        "statistics",
        "statistics-cases",
        "statistics-registers",
        "statistics-reported",
        "reports-table",
        "cases",
        "deadlines",
        "deadlines-calendar",
        "figures",
        "statistics-behind",
        "statistics-figure",
        "statistics-figure-years",
        "start",
    }
)
