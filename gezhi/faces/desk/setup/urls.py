"""Addresses of the setup pages, below /desk/setup/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.setup import (
    accounts,
    areas,
    audit,
    crew,
    duties,
    home,
    limits,
    posts,
    rail,
    staff,
    staff_import,
    units,
)

app_name = "setup"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("areas/", areas.areas, name="areas"),
    path("areas/borders/", areas.borders, name="borders"),
    path("areas/communities/new/", areas.community_new, name="community_new"),
    path("areas/grids/new/", areas.grid_new, name="grid_new"),
    path("areas/grids/<int:grid_id>/", areas.grid, name="grid"),
    path("units/", units.units, name="units"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/close/", units.unit_close, name="unit_close"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.person_new, name="person_new"),
    path("staff/import/", staff_import.staff_import, name="staff_import"),
    path("staff/import/template/", staff_import.staff_template, name="staff_template"),
    path("staff/import/take-on/", staff_import.staff_take_on, name="staff_take_on"),
    path("staff/import/errors/", staff_import.staff_errors, name="staff_errors"),
    path("staff/<int:user_id>/", staff.person, name="person"),
    path("staff/<int:user_id>/seat/", staff.person_seat, name="person_seat"),
    path("staff/<int:user_id>/password/", staff.person_password, name="person_password"),
    path("staff/<int:user_id>/close/", staff.person_close, name="person_close"),
    path("staff/<int:user_id>/reopen/", staff.person_reopen, name="person_reopen"),
    path("posts/", posts.posts, name="posts"),
    path("posts/new/", posts.post_new, name="post_new"),
    path("posts/<int:post_id>/", posts.post, name="post"),
    path("posts/<int:post_id>/abolish/", posts.post_abolish, name="post_abolish"),
    path("appointments/<int:appointment_id>/end/", posts.appointment_end, name="appointment_end"),
    path("duties/", duties.duties, name="duties"),
    path("duties/new/", duties.duty_new, name="duty_new"),
    path("duties/<int:duty_id>/end/", duties.duty_end, name="duty_end"),
    path("limits/", limits.limits, name="limits"),
    path("crew/", crew.crew, name="crew"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:user_id>/<slug:deed>/", accounts.account_deed, name="account_deed"),
    path("roles/", accounts.roles, name="roles"),
    path("audit/", audit.audit, name="audit"),
]
rail.lay()
