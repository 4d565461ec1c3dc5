"""What the provider of tests/people/provider.py tells of whoever signs in."""

import sys

from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    """It is always Ada, with an address that is confirmed, or not."""

    oidc_claim_scope = None

    def get_additional_claims(self, request):
        confirmed = {"yes": True, "no": False}.get(sys.argv[3], sys.argv[3])
        return {"name": "Ada Colau", "email": "Ada@Example.org", "email_verified": confirmed}
