"""The declaration of the scheduler: it does what other features declare as `jobs`."""

from common.contract import Feature

feature = Feature(name="scheduler")
