"""What must hold before something runs; each refusal says what to do."""

import socket

import psycopg
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def demand_database() -> None:
    """Raises CommandError with the reason if the database does not answer within some seconds.

    Asked without the pool, which would try for longer and then know no reason.
    """
    try:
        if connection.vendor == "postgresql":
            with psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": 5}):
                return
        connection.ensure_connection()
    except (DatabaseError, psycopg.Error) as wrong:
        raise CommandError(f"The database does not answer: {str(wrong).strip()} Check DATABASE_URL.") from wrong


def demand_migrated() -> None:
    """Raises CommandError if the database does not answer or its tables are older than the program."""
    demand_database()
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as wrong:
        raise CommandError(
            f"The database refused: {str(wrong).strip()}. Check DATABASE_URL and the rights of its user."
        ) from wrong
    if waiting:
        raise CommandError(f"The tables are older than this program ({len(waiting)} migrations wait). Run: rixin setup")


def demand_free(host: str, port: int) -> None:
    """Raises CommandError if something answers at `port` already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except PermissionError as wrong:
            raise CommandError(f"Port {port} is reserved for the system. Choose one above 1023: PORT=8000") from wrong
        except OSError as wrong:
            raise CommandError(
                f"Port {port} on {host} cannot be used: {wrong.strerror}. "
                f"Stop what runs there, or choose another one: PORT={port + 1 if port < 65535 else 8000}"
            ) from wrong
