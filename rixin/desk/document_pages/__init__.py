"""Documents of a matter: drafted with a preview, issued, read, served and voided."""
