"""What the citizen's templates get: frozen values with the words already chosen."""
