"""Notices inside the product: the bell of the staff pages."""

from collections.abc import Iterable
from datetime import datetime

from rixin.people.models import Account, Notice


def notify(accounts: Iterable[Account | int], *, kind: str, zh: str, en: str = "", url: str = "", at: datetime) -> int:
    """Tell each account once, in one statement. Accepts accounts or their ids; answers how many were told."""
    ids = dict.fromkeys(account.pk if isinstance(account, Account) else account for account in accounts)
    rows = [
        Notice(account_id=account_id, kind=kind, text_zh=zh[:300], text_en=en[:300], url=url, at=at)
        for account_id in ids
    ]
    return len(Notice.objects.bulk_create(rows))


def unread_count(account_id: int) -> int:
    return Notice.objects.filter(account_id=account_id, read_at=None).count()


def mark_read(account_id: int, *, up_to: datetime, at: datetime) -> int:
    """Mark what the person had on screen as read; what came in later stays unread."""
    return Notice.objects.filter(account_id=account_id, read_at=None, at__lte=up_to).update(read_at=at)
