"""What a post lets its holder do, by one word; what each may is in `rights`."""

from enum import StrEnum


class Role(StrEnum):
    """Rights hang on roles, never on names of groups."""

    RESIDENT = "resident"
    GRID_WORKER = "grid_worker"
    COMMUNITY_CLERK = "community_clerk"
    ACCEPTOR = "acceptor"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
