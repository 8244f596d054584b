"""Addresses of the providers app."""

from __future__ import annotations

from django.urls import path

from providers.views import access, contacts, hold, school

urlpatterns = [
    path("school/", school.switch, name="school-switch"),
    path("access/", access.access, name="access"),
    path("access/galaxy/", access.galaxy, name="access-galaxy"),
    path("access/places/<int:placement_id>/ask/", access.ask, name="access-ask"),
    path("access/places/<int:placement_id>/galaxy/", access.galaxy_place, name="access-galaxy-place"),
    path("access/places/<int:placement_id>/pets/", access.pets, name="access-pets"),
    path("access/requests/<int:request_id>/register/", access.register, name="access-register"),
    path("access/listings/<int:listing_id>/remove/", access.remove, name="access-remove"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/orcs/", contacts.orcs_contact, name="contact-orcs"),
    path("contacts/schools/<int:school_id>/", contacts.school_contact, name="contact-school"),
    path("rsa-hold/", hold.rsa_hold, name="rsa-hold"),
]
