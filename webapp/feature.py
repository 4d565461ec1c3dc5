"""What the installable app takes part in."""

from common.contract import Assets, Feature, Matrix

feature = Feature(
    name="webapp",
    urls="webapp.urls",
    assets={"*": Assets(scripts=["webapp/register.js"])},
    matrix=Matrix(open_views=["webapp:manifest", "webapp:worker", "webapp:offline"]),  # tests/webapp/test_webapp.py
)
