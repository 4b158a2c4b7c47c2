"""社区电话: whom to call, a tap away from every page."""

from gezhi.faces.resident.conftest import words
from gezhi.records.units.models import Unit


def test_the_offices_stand_with_the_phones_they_made_public(resident):
    street = resident.cast.street
    Unit.objects.filter(pk=street.office.pk).update(public_phone="028-5555-1001")
    Unit.objects.filter(pk=street.sanitation.pk).update(public_phone="028-5555-1009")
    page = resident.read("/phones")
    assert 'href="tel:028-5555-1001"' in page and street.office.name in page
    assert "028-5555-1009" not in page
    assert all(f'href="tel:{emergency}"' in page for emergency in (119, 110, 120))
    assert 'href="/phones"' in resident.read("/track")


def test_without_a_public_phone_it_says_what_to_do(resident):
    Unit.objects.update(public_phone="")
    assert "还没有公布电话" in words(resident.read("/phones"))
