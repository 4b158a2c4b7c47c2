"""Rows of an invitation 临时链接: the door by which a unit without accounts does one case.

Part of `models`, which lists them; apart because they hang on the case and nothing on them.
"""

from django.db import models
from django.db.models import F, Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import moment, one_of


class Invitation(SealedRow):
    """A link and a code for one assignment: until when they hold, who gave them, who took them back.

    Of link and code only keyed digests stand here. It holds no longer than its assignment runs, and
    not for a case that was made confidential meanwhile (`inviting.live`).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="invitations")
    assignment = models.ForeignKey(
        "cases.Assignment", on_delete=models.PROTECT, related_name="invitations"
    )
    unit_id = models.BigIntegerField(help_text="for which whoever holds it acts")
    link_index = models.CharField(max_length=64, help_text="keyed digest of the link's sign")
    code_index = models.CharField(max_length=64, help_text="keyed digest of its code")
    shows_photos = models.BooleanField(default=False, help_text="those of the reports, too")
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="taken back, or another took its place")
    ended_by = models.BigIntegerField(null=True)
    ending = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        verbose_name = "临时链接"
        constraints = [
            models.UniqueConstraint(fields=["link_index"], name="one_invitation_per_link"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(ended_at=None),
                name="one_invitation_per_assignment",
            ),
            one_of("ending", ["", "revoked", "replaced"], "invitation_ending_known"),
            models.CheckConstraint(
                condition=(Q(ended_at=None) & Q(ending=""))
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="invitation_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="invitation_holds_a_while"
            ),
            moment("ends_at", "invitation_end_is_a_moment"),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="invitation_of_case"),
            models.Index(fields=["district_id", "-id"], name="invitation_newest"),
            # What the watchdog asks for.
            models.Index(
                fields=["ends_at"], condition=Q(ended_at=None), name="invitation_not_ended"
            ),
        ]


class InvitationContact(SealedRow):
    """Whom to find at the place, expressly given by whoever made the invitation; sealed, and gone
    when a reporter of the case is erased."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, primary_key=True, related_name="contact"
    )
    words = SealedTextField(blank=True, default="")

    class Meta:
        verbose_name = "现场联系人"
