"""What Tomorrow.City takes part in."""

from common.contract import Feature

feature = Feature(name="cities")
