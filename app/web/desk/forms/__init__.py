"""Forms of the desk: they check the shape of what is typed; the services check the law."""
