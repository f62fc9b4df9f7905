from django.urls import path, re_path

from rixin.people import administration, views

app_name = "people"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/code", views.sign_in_code, name="sign_in_code"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("demo", views.demo, name="demo"),
    path("me", views.me, name="me"),
    path("me/language", views.own_language, name="own_language"),
    path("me/password", views.password, name="password"),
    path("me/second-factor", views.set_up_second_factor, name="second_factor"),
    path("me/second-factor/change", views.change_second_factor, name="change_second_factor"),
    path("accounts", administration.account_list, name="accounts"),
    path("accounts/new", administration.new_account, name="new_account"),
    path("accounts/<int:pk>", administration.account, name="account"),
    path("accounts/<int:pk>/posts", administration.add_post, name="add_post"),
    path("accounts/<int:pk>/posts/<int:post_pk>/end", administration.end_post, name="end_post"),
    re_path(
        rf"^accounts/(?P<pk>\d+)/(?P<change>{'|'.join(administration.CHANGES)})$",
        administration.change_account,
        name="change_account",
    ),
    path("units", administration.unit_list, name="units"),
]
