"""空白表, below /desk/blanks/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.blanks import entering, original, photos, sets

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sets.blanks, name="blanks"),
    path("sets/<row:set_id>/", sets.print_again, name="blank_set"),
    path("enter/", entering.enter, name="blank_enter"),
    path("enter/look/", entering.look, name="blank_look"),
    path("photos/", photos.photos, name="blank_photos"),
    path("papers/<slug:number>/", original.blank, name="blank"),
]
