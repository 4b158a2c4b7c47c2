"""Accounts 账号 of staff; residents need none."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Finds users by staff number; creating them is an action."""


class User(AbstractBaseUser):
    """A member of staff. Rights come from appointments, never from this row."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    staff_number = models.CharField("工号", max_length=30, unique=True)
    name = models.CharField("姓名", max_length=40)
    pinyin = models.CharField(max_length=120, blank=True, help_text="sort key of the name")
    phone = SealedTextField(blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(
        default=0, help_text="raised to end every session of this user at once"
    )
    language = models.CharField(max_length=10, default="zh-hans")
    large_text = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "staff_number"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.staff_number

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with `session_epoch`, so raising it ends all sessions."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Any:
        """No older secret keys: one key at a time."""
        return iter(())

    def _session_hash(self) -> str:
        return salted_hmac(
            "gezhi.accounts.session", f"{self.password}:{self.session_epoch}", algorithm="sha256"
        ).hexdigest()
