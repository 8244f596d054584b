"""Addresses of signing in and out."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from orcs_portal.accounts.views import SignIn, signed_out

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(next_page="signed-out"), name="sign-out"),
    path("signed-out/", signed_out, name="signed-out"),
]
