"""Pages and JSON of the house. A view is a doorman: access, form, one service or query, an answer."""
