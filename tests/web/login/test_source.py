from django.test import RequestFactory

from tanxin.web.login.source import source_of


def request(**headers):
    return RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", **headers)


def test_it_is_the_address_that_connects():
    assert source_of(request()) == "10.0.0.9"


def test_what_a_client_claims_is_not_believed(settings):
    settings.SECURE_PROXY_SSL_HEADER = None

    assert source_of(request(HTTP_X_FORWARDED_FOR="1.2.3.4")) == "10.0.0.9"


def test_behind_our_proxy_it_is_the_address_that_the_proxy_noted(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert source_of(request(HTTP_X_FORWARDED_FOR="1.2.3.4, 10.0.0.5")) == "10.0.0.5"
