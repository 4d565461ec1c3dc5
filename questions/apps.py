from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Q&A: from a crowd's questions to the one on stage."""

    name = "questions"
