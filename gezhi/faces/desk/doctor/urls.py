"""Whether the machine and its data are well, below /desk/doctor/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.doctor import doctor

urlpatterns: list[URLPattern | URLResolver] = [
    path("", doctor.doctor, name="doctor"),
]
