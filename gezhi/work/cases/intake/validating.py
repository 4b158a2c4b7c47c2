"""What is said, understood and made clean; refusals name the field and what to do."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.ground.files.models import File
from gezhi.kernel import clock, coordinates, names, phones, words
from gezhi.kernel.errors import Invalid
from gezhi.work.cases.intake.report_text import Contact, Intake, Where
from gezhi.work.cases.models import Case
from gezhi.work.deeds.claims import claimed_moment

TEXT_LENGTH = 4000
PLACE_LENGTH = 200
NAME_LENGTH = 40
MOST_PHOTOS = 6


def valid_intake(intake: Intake) -> Intake:
    """The intake trimmed, its phone in one form, its point in CGCS2000; refuses (Invalid) the rest."""
    clean = cleaned(intake)
    refuse_unknown(clean)
    return clean


def cleaned(intake: Intake) -> Intake:
    """As `valid_intake`, by rules that are the same tomorrow: what a key stands for hangs on no code
    list of today."""
    text = words.clean(intake.text, field="text")
    name = names.person(intake.contact.name)
    phone = words.line(intake.contact.phone, field="phone")
    if not text:
        raise Invalid(_("请写一写是什么事，一句话也可以"), field="text")
    _within(text, TEXT_LENGTH, "text", _("什么事"))
    where = valid_where(intake.where)
    _within(name, NAME_LENGTH, "name", _("称呼"))
    _name_it(name)
    if phone:
        phone = phones.normalized(phone)
        if not phones.is_valid(phone):
            raise Invalid(
                _("电话号码不对：请填 11 位手机号，或带区号的座机，例如 028-85551234"),
                field="phone",
            )
    if len(intake.photos) > MOST_PHOTOS:
        raise Invalid(_("照片最多 %(most)d 张") % {"most": MOST_PHOTOS}, field="photos")
    return Intake(
        text=text,
        channel=intake.channel,
        where=where,
        contact=Contact(name=name, phone=phone),
        kind=intake.kind,
        class_code=intake.class_code,
        urgency=intake.urgency or "ordinary",
        confidential=intake.confidential,
        photos=tuple(intake.photos),
        happened_at=claimed_moment(intake.happened_at, clock.now()),
        language=intake.language,
        origin=intake.origin,
    )


def _name_it(name: str) -> None:
    """A telephone number among the names is in the wrong row; masked names (***) of other systems
    are names."""
    if not name:
        return
    names.valid(name, most=NAME_LENGTH, may_be_digits=True)
    if sum(sign.isdigit() for sign in name) >= 5 and not any(sign.isalpha() for sign in name):
        raise Invalid(_("这里填怎么称呼您，电话请填在电话一栏"), field="name")


def refuse_unknown(intake: Intake) -> None:
    """Refuse (Invalid) codes that stand in no list now, and photos that are not stored."""
    _known("request_kinds", intake.kind, "kind", _("诉求类型"))
    _known("matters", intake.class_code, "class_code", _("事项类别"))
    _known("channels", intake.channel, "channel", _("渠道"))
    _known("urgency", intake.urgency, "urgency", _("紧急程度"))
    if intake.photos and len(set(intake.photos)) != _stored(intake.photos):
        raise Invalid(_("有照片没有传上来，请重新选择照片"), field="photos")


def _stored(photos: Sequence[int]) -> int:
    return File.objects.filter(pk__in=photos).count()


def _within(text: str, most: int, field_name: str, what: str) -> None:
    if len(text) > most:
        raise Invalid(
            _("“%(what)s”太长：最多 %(most)d 个字，现在 %(now)d 个")
            % {"what": what, "most": most, "now": len(text)},
            field=field_name,
        )


def _known(dictionary: str, code: str, field_name: str, what: str) -> None:
    if code and codes.term(dictionary, code) is None:
        raise Invalid(_("没有这个%(what)s，请重新选择") % {"what": what}, field=field_name)


def valid_where(where: Where) -> Where:
    """The words trimmed, the point in CGCS2000.

    Refuses (Invalid) words too long, half a point, a place off the earth, an unknown system.
    """
    said = words.line(where.words, field="place_words")
    _within(said, PLACE_LENGTH, "place_words", _("在哪儿"))
    if where.longitude is None and where.latitude is None:
        return replace(where, words=said)
    if where.longitude is None or where.latitude is None:
        raise Invalid(_("位置只有一半：经度和纬度要一起给"), field="longitude")
    if not (-180 <= where.longitude <= 180 and -90 <= where.latitude <= 90):
        raise Invalid(_("位置不对：经度在 ±180 以内，纬度在 ±90 以内"), field="longitude")
    try:
        longitude, latitude = coordinates.to_cgcs2000(where.longitude, where.latitude, where.crs)
    except ValueError as error:
        raise Invalid(
            _("不认识的坐标系：请用 CGCS2000、WGS84、GCJ-02 或 BD-09"), field="crs"
        ) from error
    return replace(where, longitude=longitude, latitude=latitude, crs="CGCS2000", words=said)


def content(intake: Intake, into: Case | None) -> dict[str, object]:
    """What the key stands for: everything asked, in a form that digests the same each time."""
    where, origin = intake.where, intake.origin
    unlike_most = [where.words_only, where.area_id] if where.words_only or where.area_id else []
    return {
        "into": into.number if into else "",
        "text": intake.text,
        "channel": intake.channel,
        "where": [where.longitude, where.latitude, where.place_id, where.words, *unlike_most],
        "contact": [intake.contact.name, intake.contact.phone],
        "kind": intake.kind,
        "class": intake.class_code,
        "urgency": intake.urgency,
        "confidential": intake.confidential,
        "photos": [str(file_id) for file_id in intake.photos] if not into else [],
        "origin": [origin.system, origin.number, origin.version] if origin else [],
    }
