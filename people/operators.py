"""A new operator must sign in again: others may know the old ways in."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver

from people import account
from people.models import Participant


@receiver(pre_save, sender=Participant)
def _promoted(instance: Participant, **_: Any) -> None:
    if instance.pk is None or not instance.operates:
        return
    if Participant.objects.filter(pk=instance.pk, is_staff=False, is_superuser=False).exists():
        with transaction.atomic():
            account.sign_out(instance)
            SocialAccount.objects.filter(user=instance).delete()
