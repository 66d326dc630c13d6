"""The API for linked systems (/api/v1): read by keys with scopes, described by OpenAPI, refused by default."""
